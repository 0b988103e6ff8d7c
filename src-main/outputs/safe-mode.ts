import { messageOf, ReefFault } from "#contract/errors.ts";
import type { SafeMode as SafeModeShown } from "#contract/system.ts";
import { instantFrom } from "#contract/time.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../platform/ports.ts";
import { after, within } from "../platform/timing.ts";
import type { Actor, SafeModeState, StartLog, StartLogStore } from "./ports.ts";

/** So many crashes within so long are a loop (docs/safety.md). */
const CRASHES = 3;
const WITHIN_MS = 10 * 60_000;
/** Safe mode ends by itself when the program ran for so long. */
const ENDS_AFTER_MS = 60 * 60_000;
/** The longest a start waits for what was kept, ms. */
const STORE_LIMIT_MS = 1_000;

interface SafeModeDeps {
  readonly store: StartLogStore;
  readonly clock: Clock;
  readonly log: Logger;
}

const NO_LOG: StartLog = { isStopped: true, crashesAtMs: [], safeSinceMs: null };

/**
 * Counts the starts that no clean stop preceded. After three crashes in ten minutes it holds everything beyond life
 * support, since one of those parts is probably what crashes: until an operator ends it, or an hour went well.
 */
export class SafeMode implements SafeModeState, Stoppable {
  readonly #deps: SafeModeDeps;
  readonly #listeners = new Set<() => void>();
  #log: StartLog = NO_LOG;
  #endsAtMonotonicMs: number | null = null;
  #cancelEnd: Cancel = () => undefined;
  #hasCrashed = false;

  constructor(deps: SafeModeDeps) {
    this.#deps = deps;
  }

  /** Reads how the program ended last time, for at most a second, and notes that it runs. */
  async start(): Promise<void> {
    const { clock, log } = this.#deps;
    let kept: StartLog | null = null;
    const load = async () => {
      kept = await this.#load();
    };
    await within(clock, STORE_LIMIT_MS, load());
    this.#log = startedAfter(kept ?? NO_LOG, clock.nowMs());
    if (this.#log.safeSinceMs !== null) {
      log.error(
        { crashes: this.#log.crashesAtMs.length },
        "safe mode: the program crashed again and again, so only life support runs",
      );
      this.#endsAtMonotonicMs = clock.monotonicMs() + ENDS_AFTER_MS;
      this.#cancelEnd = after(clock, ENDS_AFTER_MS, () => this.#end("an hour without a crash"));
    }
    this.#save();
  }

  /** It is a bug that ends the program, though by way of the safe states: whatever starts next follows a crash. */
  crashed(): void {
    this.#hasCrashed = true;
  }

  /** The program ends by itself: whatever starts next follows no crash, unless it was one. */
  async stop(): Promise<void> {
    this.#cancelEnd();
    this.#log = { ...this.#log, isStopped: !this.#hasCrashed };
    const { clock } = this.#deps;
    await within(clock, STORE_LIMIT_MS, this.#store());
  }

  isActive(): boolean {
    return this.#log.safeSinceMs !== null;
  }

  onChange(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  state(): SafeModeShown {
    const { safeSinceMs, crashesAtMs } = this.#log;
    const { clock } = this.#deps;
    const leftMs = this.#endsAtMonotonicMs === null ? null : this.#endsAtMonotonicMs - clock.monotonicMs();
    return {
      isActive: safeSinceMs !== null,
      since: safeSinceMs === null ? null : instantFrom(safeSinceMs),
      endsAt: leftMs === null ? null : instantFrom(clock.nowMs() + leftMs),
      crashes: crashesAtMs.length,
      text:
        safeSinceMs === null
          ? "Everything runs as configured."
          : `Safe mode: the program crashed ${crashesAtMs.length} times in a short while, so only thermostats run; top-off, dosing, rules and schedules are held.`,
    };
  }

  /** @throws ReefFault conflict where it does not hold */
  end(by: Actor): SafeModeShown {
    if (!this.isActive()) throw new ReefFault("conflict", "Safe mode does not hold, so there is nothing to end.");
    this.#end(by);
    return this.state();
  }

  #end(by: Actor): void {
    this.#cancelEnd();
    this.#endsAtMonotonicMs = null;
    this.#log = { isStopped: false, crashesAtMs: [], safeSinceMs: null };
    this.#deps.log.warn({ by }, "safe mode ended");
    for (const listener of this.#listeners) listener();
    this.#save();
  }

  async #load(): Promise<StartLog | null> {
    try {
      return await this.#deps.store.loadStarts();
    } catch (error) {
      this.#deps.log.error({ error: messageOf(error) }, "how the program ended last time could not be read");
      return null;
    }
  }

  #save(): void {
    void this.#store();
  }

  async #store(): Promise<void> {
    try {
      await this.#deps.store.saveStarts(this.#log);
    } catch (error) {
      this.#deps.log.error({ error: messageOf(error) }, "that the program runs could not be kept");
    }
  }
}

/** What is true of a start, from what was kept of the ones before. The wall's clock may have been stepped between them. */
function startedAfter({ isStopped, crashesAtMs, safeSinceMs }: StartLog, nowMs: number): StartLog {
  const crashes = isStopped ? crashesAtMs : [...crashesAtMs, nowMs];
  const isRecent = (limitMs: number) => (atMs: number) => Math.abs(nowMs - atMs) <= limitMs;
  const isLoop = crashes.filter(isRecent(WITHIN_MS)).length >= CRASHES;
  const isStillSafe = safeSinceMs !== null && crashes.some(isRecent(ENDS_AFTER_MS));
  return {
    isStopped: false,
    crashesAtMs: crashes.filter(isRecent(isStillSafe ? ENDS_AFTER_MS : WITHIN_MS)).slice(-20),
    safeSinceMs: isLoop || isStillSafe ? (safeSinceMs ?? nowMs) : null,
  };
}
