import type { Output } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";

type Faults = Output["faults"];
type Fault = Faults[number];

const NOTHING: readonly Why[] = [];

/** What is wrong with an output. Latched faults keep it off until an operator resets them, over restarts. */
export class FaultList {
  #faults: readonly Fault[] = [];

  /** As they are, uncopied: another array after every change. */
  get standing(): readonly Fault[] {
    return this.#faults;
  }

  list(): Faults {
    return [...this.#faults];
  }

  has(code: string): boolean {
    return this.#faults.some((fault) => fault.code === code);
  }

  latched(): Faults {
    return this.#faults.filter((fault) => fault.latched);
  }

  /** Why they keep the output off. */
  blocks(): readonly Why[] {
    if (this.#faults.length === 0) return NOTHING;
    return this.latched().map(({ code, text }) => ({ code, text, untilMs: null }));
  }

  /** @param atMs wall, epoch ms @returns false where it stood already */
  raise({ code, text, latched }: Pick<Fault, "code" | "text" | "latched">, atMs: number): boolean {
    if (this.#faults.some((standing) => standing.code === code)) return false;
    this.#faults = [...this.#faults, { code, text, latched, since: instantFrom(atMs) }];
    return true;
  }

  /** Takes up latched faults of before. */
  restore(faults: Faults): void {
    const isNew = (fault: Fault) => !this.#faults.some((standing) => standing.code === fault.code);
    this.#faults = [...this.#faults, ...faults.filter((fault) => fault.latched && isNew(fault))];
  }

  /** @returns false where there was none */
  clear(code: string): boolean {
    if (!this.has(code)) return false;
    this.#faults = this.#faults.filter((fault) => fault.code !== code);
    return true;
  }

  /** @returns false where none was latched */
  clearLatched(): boolean {
    const before = this.#faults.length;
    this.#faults = this.#faults.filter((fault) => !fault.latched);
    return this.#faults.length < before;
  }
}
