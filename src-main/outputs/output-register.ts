import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import { within } from "../platform/timing.ts";
import type { Aftermath } from "./aftermath.ts";
import type { Away, TrustedClock } from "./away.ts";
import type { InterlockSet } from "./interlock-set.ts";
import { ManagedOutput } from "./managed-output.ts";
import type { OutputTeller } from "./output-teller.ts";
import type { Actuator, PersistedOutput } from "./ports.ts";
import type { Stagger } from "./stagger.ts";
import type { StateKeeper } from "./state-keeper.ts";

/** The longest a power-up is waited for, ms; what hangs goes on by itself. */
const POWER_UP_LIMIT_MS = 1_000;
/** The longest an output that is let go may take to confirm its safe state, ms. */
const LET_GO_LIMIT_MS = 2_000;

interface RegisterDeps {
  readonly clock: TrustedClock;
  readonly aftermath: Aftermath;
  readonly keeper: StateKeeper;
  readonly teller: OutputTeller;
  readonly interlocks: InterlockSet;
  readonly stagger: Stagger;
  readonly emergencyStop: () => EmergencyStopState;
}

/** What is known of an output that is not here. */
interface Kept {
  readonly output: PersistedOutput;
  /** When it was let go in this very run, monotonic; null: before the program started. */
  readonly leftAtMs: number | null;
}

/** Outputs as they come and go, and what is known of those that are not here. */
export class OutputRegister {
  readonly #deps: RegisterDeps;
  readonly #outputs = new Map<ChannelId, ManagedOutput>();
  readonly #leaving = new Map<ChannelId, Promise<void>>();
  /** A latch must not fall with a device that is opened anew. */
  readonly #kept = new Map<ChannelId, Kept>();
  #isHistoryKnown = false;

  constructor(deps: RegisterDeps) {
    this.#deps = deps;
  }

  all(): readonly ManagedOutput[] {
    return [...this.#outputs.values()];
  }

  find(channelId: ChannelId): ManagedOutput | undefined {
    return this.#outputs.get(channelId);
  }

  /** What the store kept of outputs; null: it did not say. */
  remember(outputs: readonly PersistedOutput[] | null): void {
    this.#isHistoryKnown = outputs !== null;
    for (const output of outputs ?? []) this.#kept.set(output.channelId, { output, leftAtMs: null });
  }

  /** The store answered after all: what was latched holds from now on. */
  rememberLate(outputs: readonly PersistedOutput[]): void {
    this.#isHistoryKnown = true;
    for (const output of this.#outputs.values()) output.faults.clear("state-unknown");
    for (const late of outputs) {
      const { output = late, leftAtMs = null } = this.#kept.get(late.channelId) ?? {};
      this.#kept.set(late.channelId, { output: { ...late, ...output, faults: late.faults }, leftAtMs });
      this.#outputs.get(late.channelId)?.restoreLate(late, this.#awaySince({ output: late, leftAtMs: null }));
    }
  }

  /** Takes an output in: its power-up state first, before anyone has his say. */
  async add(channel: ChannelConfig, actuator: Actuator): Promise<void> {
    // Not a tick later than asked where nothing is in the way: who registers an output may speak of it at once.
    const leaving = this.#leaving.get(channel.id);
    if (leaving !== undefined) await leaving;
    const known = this.#outputs.get(channel.id);
    if (known !== undefined) {
      this.#decide(known, () => known.reconfigure(channel, actuator));
      return;
    }
    const output = this.#manage(channel, actuator);
    this.#outputs.set(channel.id, output);
    this.#decide(output, () => this.#restore(output));
    if (output.drive.wantedPct === null) output.drive.look();
    await within(this.#deps.clock, POWER_UP_LIMIT_MS, output.drive.answered());
    this.#decide(output, () => output.run());
  }

  /** Lets an output go, in its safe state where its device takes it. */
  async remove(channelId: ChannelId): Promise<void> {
    const output = this.#outputs.get(channelId);
    if (output === undefined) return;
    const going = this.#leaving.get(channelId) ?? this.#letGo(channelId, output);
    this.#leaving.set(channelId, going);
    await going;
    this.#leaving.delete(channelId);
  }

  /** The program ends: all of them to their safe state, confirmed where that takes no longer than this, ms. */
  async leave(limitMs: number): Promise<void> {
    const { aftermath, clock, teller } = this.#deps;
    const outputs = this.all();
    const why = { code: "stopping", text: "The program is going down: safe state.", untilMs: null };
    aftermath.afterwards(() => {
      for (const output of outputs) output.leave(why);
    });
    await within(clock, limitMs, Promise.all(outputs.map((output) => output.drive.done())));
    aftermath.afterwards(() => {
      for (const output of outputs) teller.left(output);
    });
    for (const output of outputs) output.close();
  }

  async #letGo(channelId: ChannelId, output: ManagedOutput): Promise<void> {
    const { aftermath, clock, teller } = this.#deps;
    const why = { code: "unregistered", text: "Its device is being let go: safe state.", untilMs: null };
    aftermath.afterwards(() => output.leave(why));
    await within(clock, LET_GO_LIMIT_MS, output.drive.done());
    teller.left(output);
    output.close();
    this.#kept.set(channelId, { output: output.persisted(), leftAtMs: clock.monotonicMs() });
    this.#outputs.delete(channelId);
    teller.forget(channelId);
  }

  #restore(output: ManagedOutput): void {
    const kept = this.#kept.get(output.channel.id);
    if (kept !== undefined) output.restore(kept.output, this.#awaySince(kept));
    else if (!this.#isHistoryKnown) output.restoreUnknown();
  }

  #awaySince({ output: { savedAtMs }, leftAtMs }: Kept): Away {
    const { clock } = this.#deps;
    const nowMs = clock.isSynchronized() ? clock.nowMs() : null;
    if (leftAtMs !== null) return { downtimeMs: clock.monotonicMs() - leftAtMs, nowMs };
    const isTold = nowMs !== null && typeof savedAtMs === "number";
    return { downtimeMs: isTold ? Math.max(0, nowMs - savedAtMs) : 0, nowMs };
  }

  #manage(channel: ChannelConfig, actuator: Actuator): ManagedOutput {
    const { clock, teller, keeper, aftermath, interlocks, stagger, emergencyStop } = this.#deps;
    return new ManagedOutput(channel, actuator, {
      clock,
      teller,
      stagger,
      emergencyStop,
      judge: () => interlocks.judge(channel.id),
      keepDurably: (output) => keeper.keepDurably(output),
      afterwards: (commands) => aftermath.afterwards(commands),
    });
  }

  #decide(output: ManagedOutput, change: () => void): void {
    this.#deps.aftermath.afterwards(() => {
      change();
      output.evaluate();
    });
  }
}
