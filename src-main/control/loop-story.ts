import type { ChannelId } from "#contract/ids.ts";
import type { LoopConfig, LoopState, LoopWarning } from "#contract/loops.ts";
import { type Instant, instantFrom } from "#contract/time.ts";
import type { Clock, Logger } from "../platform/ports.ts";
import type { LoopDeps } from "./control-loop.ts";

interface StoryDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** The first reading of a sensor it needs is not overdue yet: until it is, nothing is wrong that the log must know. */
  readonly isAwaiting: () => boolean;
}

type Now = Pick<LoopState, "state" | "text"> & { readonly warnings: readonly LoopWarning[] };

/** What a loop has been doing since when, and what is wrong with it: told to the log where it changes. */
export class LoopStory {
  readonly #deps: StoryDeps;
  #state: LoopState["state"] = "idle";
  #text = "";
  /** As it is shown: many ask, and it changes seldom. */
  #since: Instant;
  #warnings: readonly LoopWarning[] = [];
  /** As the log knows it. */
  #logged: Pick<Now, "state" | "warnings"> = { state: "idle", warnings: [] };

  constructor(deps: StoryDeps) {
    this.#deps = deps;
    this.#since = instantFrom(deps.clock.nowMs());
  }

  get state(): LoopState["state"] {
    return this.#state;
  }

  get text(): string {
    return this.#text;
  }

  get since(): Instant {
    return this.#since;
  }

  get warnings(): readonly LoopWarning[] {
    return this.#warnings;
  }

  /** @returns whether anything is another than before */
  tell(loop: Pick<LoopConfig, "id" | "name">, now: Now): boolean {
    const hasTurned = now.state !== this.#state;
    const hasChanged = hasTurned || now.text !== this.#text || !haveSameCodes(now.warnings, this.#warnings);
    this.#state = now.state;
    this.#text = now.text;
    this.#warnings = now.warnings;
    if (hasTurned) this.#since = instantFrom(this.#deps.clock.nowMs());
    this.#log(loop, now);
    return hasChanged;
  }

  #log({ id, name }: Pick<LoopConfig, "id" | "name">, now: Now): void {
    const before = this.#logged;
    if (now.state === before.state && haveSameCodes(now.warnings, before.warnings)) return;
    const isWarning = now.state === "blocked" || now.warnings.length > 0;
    if (isWarning && this.#deps.isAwaiting()) return;
    const { log } = this.#deps;
    this.#logged = { state: now.state, warnings: now.warnings };
    if (now.state !== before.state) {
      const fields = { loopId: id, name, state: now.state, reason: now.text };
      if (now.state === "blocked") log.warn(fields, "loop blocked");
      else log.info(fields, "loop state changed");
    }
    for (const { code, text, priority } of newIn(now.warnings, before.warnings)) {
      log.warn({ loopId: id, name, code, priority, reason: text }, "a loop warns");
    }
    for (const { code } of newIn(before.warnings, now.warnings)) {
      log.info({ loopId: id, name, code }, "a loop's warning is over");
    }
  }
}

/** A sensor that was never heard. Once its first reading is overdue, acquisition says so in its place. */
export function awaitsFirstReading(
  { readings, channelOf }: Pick<LoopDeps, "readings" | "channelOf">,
  channelIds: readonly ChannelId[],
): boolean {
  return channelIds.some((id) => channelOf(id) !== null && readings.latest(id) === null);
}

function haveSameCodes(some: readonly LoopWarning[], others: readonly LoopWarning[]): boolean {
  return some.length === others.length && some.every(({ code }, index) => code === others[index]?.code);
}

function newIn(warnings: readonly LoopWarning[], others: readonly LoopWarning[]): readonly LoopWarning[] {
  if (warnings.length === 0) return warnings;
  return warnings.filter(({ code }) => !others.some((other) => other.code === code));
}
