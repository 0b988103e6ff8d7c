import type { LoopConfig, LoopState, LoopWarning } from "#contract/loops.ts";
import type { Clock, Logger } from "../platform/ports.ts";

interface StoryDeps {
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a loop has been doing since when, and what is wrong with it: told to the log where it changes. */
export class LoopStory {
  readonly #deps: StoryDeps;
  #state: LoopState["state"] = "idle";
  #text = "";
  #sinceAtMs: number;
  #warnings: readonly LoopWarning[] = [];

  constructor(deps: StoryDeps) {
    this.#deps = deps;
    this.#sinceAtMs = deps.clock.nowMs();
  }

  get state(): LoopState["state"] {
    return this.#state;
  }

  get text(): string {
    return this.#text;
  }

  get sinceAtMs(): number {
    return this.#sinceAtMs;
  }

  get warnings(): readonly LoopWarning[] {
    return this.#warnings;
  }

  /** @returns whether anything is another than before */
  tell(
    { id, name }: Pick<LoopConfig, "id" | "name">,
    now: { readonly state: LoopState["state"]; readonly text: string; readonly warnings: readonly LoopWarning[] },
  ): boolean {
    const { log, clock } = this.#deps;
    const hasTurned = now.state !== this.#state;
    const hasChanged = hasTurned || now.text !== this.#text || !haveSameCodes(now.warnings, this.#warnings);
    const before = this.#warnings;
    this.#state = now.state;
    this.#text = now.text;
    this.#warnings = now.warnings;
    if (hasTurned) {
      this.#sinceAtMs = clock.nowMs();
      const fields = { loopId: id, name, state: now.state, reason: now.text };
      if (now.state === "blocked") log.warn(fields, "loop blocked");
      else log.info(fields, "loop state changed");
    }
    for (const { code, text, priority } of newIn(now.warnings, before)) {
      log.warn({ loopId: id, name, code, priority, reason: text }, "a loop warns");
    }
    for (const { code } of newIn(before, now.warnings)) {
      log.info({ loopId: id, name, code }, "a loop's warning is over");
    }
    return hasChanged;
  }
}

function haveSameCodes(some: readonly LoopWarning[], others: readonly LoopWarning[]): boolean {
  return some.length === others.length && some.every(({ code }, index) => code === others[index]?.code);
}

function newIn(warnings: readonly LoopWarning[], others: readonly LoopWarning[]): readonly LoopWarning[] {
  if (warnings.length === 0) return warnings;
  return warnings.filter(({ code }) => !others.some((other) => other.code === code));
}
