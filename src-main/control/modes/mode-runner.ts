import { messageOf, ReefFault } from "#contract/errors.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import type { ActiveMode, ModeConfig } from "#contract/modes.ts";
import { instantFrom } from "#contract/time.ts";
import { begun, ended, type ModeRun, runAt, shifted } from "#domain/control/mode-run.ts";
import type { OutputsService } from "../../outputs/ports.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../../platform/ports.ts";
import { every, sleep } from "../../platform/timing.ts";
import { DocumentKeeper } from "../document-keeper.ts";
import type { ControlMemory } from "../ports.ts";
import { keptFrom, keptIn } from "./kept-run.ts";
import { ModeClaims } from "./mode-claims.ts";
import type { ModeRuntime, ModeStartRequest } from "./ports.ts";

const CYCLE_MS = 1_000;
/** After a power cut without a clock, at most so much of a mode is had twice, ms. */
const KEEP_EVERY_MS = 15_000;
/** The longest a start waits for what was kept, ms; what comes later is taken up then. */
const LOAD_LIMIT_MS = 1_000;
const DOCUMENT = "modes";

export interface ModeRunnerDeps {
  readonly outputs: Pick<OutputsService, "request">;
  readonly memory: ControlMemory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly isClockSynchronized: () => boolean;
}

/**
 * Holds the outputs of the mode that is on, and gives them back one stage after the other. It ends on the monotonic
 * scale; across a restart it goes on with what is left, less the downtime where the clock can tell it.
 */
export class ModeRunner implements ModeRuntime, Stoppable {
  readonly #deps: ModeRunnerDeps;
  readonly #claims: ModeClaims;
  readonly #kept: DocumentKeeper;
  readonly #listeners = new Set<() => void>();
  #modes: readonly ModeConfig[] = [];
  #run: ModeRun | null = null;
  #stage: ActiveMode["stage"] | "none" = "none";
  /** Somebody decided since the start: what was kept before it is the past. */
  #isDecided = false;
  /** The run that was found after a restart, until its downtime is counted. */
  #uncounted: { readonly savedAtMs: number; readonly resumedAtMs: number } | null = null;
  #keptAtMs = Number.NEGATIVE_INFINITY;
  #cancelCycle: Cancel = () => undefined;

  constructor(deps: ModeRunnerDeps) {
    this.#deps = deps;
    this.#claims = new ModeClaims(deps);
    this.#kept = new DocumentKeeper({ ...deps, name: DOCUMENT });
  }

  /** Takes up what was on (waits at most 1 s for the store), and holds it from now on. */
  async start(): Promise<void> {
    const { clock } = this.#deps;
    this.#cancelCycle = every(clock, CYCLE_MS, () => this.#cycle());
    const ending = new AbortController();
    await Promise.race([this.#resume().finally(() => ending.abort()), sleep(clock, LOAD_LIMIT_MS, ending.signal)]);
  }

  /** Keeps what is left. The outputs are not let go: whoever stops the program drives them to their safe state. */
  async stop(): Promise<void> {
    this.#cancelCycle();
    if (this.#run !== null) await this.#keep();
  }

  configure(modes: readonly ModeConfig[]): void {
    this.#modes = modes;
  }

  active(): ActiveMode | null {
    const { clock } = this.#deps;
    return this.#run === null ? null : shownAt(this.#run, { wallMs: clock.nowMs(), atMs: clock.monotonicMs() });
  }

  activeModeKinds(): readonly ModeKind[] {
    const run = this.#run;
    return run === null || run.endsAtMs <= this.#deps.clock.monotonicMs() ? [] : [run.mode.kind];
  }

  suppressedKinds(): readonly string[] {
    return this.#run?.mode.suppresses ?? [];
  }

  switchOn(modeId: string, { by, durationS }: ModeStartRequest): Promise<void> {
    const mode = this.#modes.find(({ id }) => id === modeId);
    if (mode === undefined) throw new ReefFault("not-found", "There is no mode with this id.");
    const { clock, log } = this.#deps;
    const start = { mode, by, durationS: durationS ?? mode.durationS };
    const run = begun({ ...start, wallMs: clock.nowMs(), atMs: clock.monotonicMs() }, this.#run);
    this.#decide(run);
    log.info({ modeId, name: mode.name, by, durationS: start.durationS }, "mode started");
    return this.#keep();
  }

  async switchOff(by: string): Promise<void> {
    const run = this.#run;
    if (run === null) throw new ReefFault("conflict", "No mode is on.");
    this.#decide(ended(run, this.#deps.clock.monotonicMs()));
    this.#deps.log.info({ modeId: run.mode.id, name: run.mode.name, by }, "mode stopped");
    await this.#keep();
  }

  onChange(listener: () => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #resume(): Promise<void> {
    const { memory, log, clock } = this.#deps;
    try {
      const kept = keptIn(await memory.load(DOCUMENT));
      if (kept === null || kept.run === null || this.#isDecided) return;
      const atMs = clock.monotonicMs();
      this.#run = shifted(kept.run, atMs);
      this.#uncounted = { savedAtMs: kept.savedAtMs, resumedAtMs: atMs };
      log.info({ modeId: kept.run.mode.id, name: kept.run.mode.name }, "a mode goes on from before the restart");
      this.#cycle();
    } catch (error) {
      log.error({ reason: messageOf(error) }, "which mode was on cannot be read; none is");
    }
  }

  #decide(run: ModeRun): void {
    this.#isDecided = true;
    this.#uncounted = null;
    this.#become(run);
  }

  #cycle(): void {
    const run = this.#run;
    if (run === null) return;
    this.#become(this.#withDowntime(run));
    if (this.#deps.clock.monotonicMs() - this.#keptAtMs >= KEEP_EVERY_MS) void this.#keep();
  }

  /** The time the program was down counts as soon as the clock can tell it, and only where it ran on. */
  #withDowntime(run: ModeRun): ModeRun {
    const { clock, isClockSynchronized } = this.#deps;
    const uncounted = this.#uncounted;
    if (uncounted === null || !isClockSynchronized()) return run;
    this.#uncounted = null;
    const resumedWallMs = clock.nowMs() - (clock.monotonicMs() - uncounted.resumedAtMs);
    return shifted(run, -Math.max(0, resumedWallMs - uncounted.savedAtMs));
  }

  /** The outputs first; then whoever wants to know, where there is something to know. */
  #become(wanted: ModeRun): void {
    const { clock, log } = this.#deps;
    const atMs = clock.monotonicMs();
    const before = this.#run;
    const run = runAt(wanted, atMs);
    const stage = run === null ? "none" : run.endsAtMs > atMs ? "on" : "returning";
    const isOther = run !== before || stage !== this.#stage;
    this.#run = run;
    this.#stage = stage;
    this.#claims.follow(run, { atMs, wallMs: clock.nowMs() });
    if (!isOther) return;
    if (run === null)
      log.info({ modeId: wanted.mode.id, name: wanted.mode.name }, "mode over, every output is back");
    this.#keptAtMs = Number.NEGATIVE_INFINITY;
    for (const listener of this.#listeners) this.#tell(listener);
  }

  /** What one listener throws keeps neither the others from hearing nor the outputs from being held. */
  #tell(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.#deps.log.error({ error }, "a listener to the mode failed");
    }
  }

  async #keep(): Promise<void> {
    const { clock } = this.#deps;
    this.#keptAtMs = clock.monotonicMs();
    await this.#kept.put(keptFrom(this.#run, { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() }));
  }
}

function shownAt(run: ModeRun, { wallMs, atMs }: { readonly wallMs: number; readonly atMs: number }): ActiveMode {
  const instantOf = (monotonicMs: number) => instantFrom(Math.round(wallMs + monotonicMs - atMs));
  const isOn = run.endsAtMs > atMs;
  const lastMs = Math.max(run.endsAtMs, ...run.holds.map(({ letGoAtMs }) => letGoAtMs));
  return {
    modeId: run.mode.id,
    name: run.mode.name,
    kind: run.mode.kind,
    stage: isOn ? "on" : "returning",
    startedAt: instantFrom(run.startedAtMs),
    endsAt: instantOf(isOn ? run.endsAtMs : lastMs),
    by: run.by,
    held: run.holds.map(({ channelId, levelPct, letGoAtMs }) => ({
      channelId,
      level: levelPct,
      until: instantOf(letGoAtMs),
    })),
  };
}
