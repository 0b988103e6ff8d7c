import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

const SCREEN = "1600x1000x24";
const START_LIMIT_MS = 10_000;

/** A display of the tests' own: nothing appears on the developer's. */
export class VirtualDisplay {
  readonly #child: ChildProcess;
  /** As DISPLAY says it. */
  readonly name: string;

  private constructor(child: ChildProcess, name: string) {
    this.#child = child;
    this.name = name;
  }

  /** @param screen as `WIDTHxHEIGHTxDEPTH` @throws where Xvfb does not start */
  static async start(screen = SCREEN): Promise<VirtualDisplay> {
    const args = ["-displayfd", "3", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"];
    const child = spawn("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    // Whoever forgets to stop it leaves none behind.
    process.once("exit", () => child.kill("SIGKILL"));
    const number = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("Xvfb did not start in time")), START_LIMIT_MS);
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`Xvfb exited with ${code}`)));
      (child.stdio[3] as Readable).once("data", (text: Buffer) => {
        clearTimeout(timer);
        resolve(text.toString().trim());
      });
    });
    return new VirtualDisplay(child, `:${number}`);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.kill("SIGTERM");
    await gone;
  }
}
