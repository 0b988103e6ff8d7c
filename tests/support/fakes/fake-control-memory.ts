import type { ControlMemory } from "#main/control/ports.ts";

/** Documents in a map, as JSON keeps them. `isHung` never answers; `failure` is thrown by every save and load. */
export class FakeControlMemory implements ControlMemory {
  readonly bodies = new Map<string, string>();
  isHung = false;
  failure: Error | null = null;

  async load(name: string): Promise<unknown> {
    await this.#answer();
    const body = this.bodies.get(name);
    return body === undefined ? null : JSON.parse(body);
  }

  async save(name: string, body: unknown): Promise<void> {
    const text = JSON.stringify(body);
    await this.#answer();
    this.bodies.set(name, text);
  }

  /** As it is after a power cut: what was kept, and nothing of what waits. */
  copy(): FakeControlMemory {
    const copy = new FakeControlMemory();
    for (const [name, body] of this.bodies) copy.bodies.set(name, body);
    return copy;
  }

  #answer(): Promise<void> {
    if (this.failure !== null) throw this.failure;
    return this.isHung ? new Promise(() => undefined) : Promise.resolve();
  }
}
