import { ReefFault } from "#contract/errors.ts";
import type { FileBus } from "#main/hardware/ports.ts";

/** Small text files in memory; a path that is not there is unreachable, as with the real bus. */
export class FakeFileBus implements FileBus {
  readonly files: Map<string, string>;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.files = new Map(Object.entries(files));
  }

  async readText(path: string): Promise<string> {
    const text = this.files.get(path);
    if (text === undefined) throw new ReefFault("device-unreachable", `${path} is not there`);
    return text;
  }

  async writeText(path: string, text: string): Promise<void> {
    if (!this.files.has(path)) throw new ReefFault("device-unreachable", `${path} is not there`);
    this.files.set(path, text);
  }
}
