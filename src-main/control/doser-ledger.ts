import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopDeps } from "./control-loop.ts";
import { KeptDocument } from "./kept-document.ts";

const DAY_S = 86_400;
const DAY_MS = DAY_S * 1_000;

const Stored = z.object({
  /** What the ordinals count by; with another plan they mean nothing. */
  planKey: z.string(),
  lastOrdinal: z.number().nullable(),
  /** Wall, epoch ms. */
  lastDoseAtMs: z.number().nullable(),
  /** What the pump had given in all when the container was filled, mL, and how much that was. */
  fill: z.object({ totalMl: z.number(), containerMl: z.number() }).nullable(),
  skippedAtMs: z.array(z.number()),
});
type Stored = z.infer<typeof Stored>;

const NOTHING: Stored = { planKey: "", lastOrdinal: null, lastDoseAtMs: null, fill: null, skippedAtMs: [] };

interface DoserLedgerDeps extends Pick<LoopDeps, "memory" | "clock" | "log" | "outputs" | "isClockSynchronized"> {
  readonly loopId: LoopId;
}

/** What a doser must not forget: which dose was settled last, and what has left its container. */
export class DoserLedger {
  readonly #deps: DoserLedgerDeps;
  readonly #kept: KeptDocument<Stored>;
  #stored: Stored = NOTHING;
  /** When the last dose began, monotonic ms; null: before this start, or never. */
  #lastDoseAtMs: number | null = null;

  constructor(deps: DoserLedgerDeps) {
    this.#deps = deps;
    this.#kept = new KeptDocument<Stored>({
      ...deps,
      schema: Stored,
      onLoaded: (kept) => {
        this.#stored = kept;
      },
    });
  }

  open(): void {
    this.#kept.open();
  }

  close(): void {
    this.#kept.close();
  }

  /** What was settled before the restart is known. */
  get isReady(): boolean {
    return this.#kept.isLoaded;
  }

  /** null: none was settled by this plan. */
  lastOrdinal(planKey: string): number | null {
    return this.#stored.planKey === planKey ? this.#stored.lastOrdinal : null;
  }

  /** Time since the last dose began, ms; across a restart by a clock that is right. null: there was none. */
  sinceDoseMs(): number | null {
    const { clock } = this.#deps;
    const { lastDoseAtMs } = this.#stored;
    if (lastDoseAtMs === null) return null;
    this.#lastDoseAtMs ??= clock.monotonicMs() - Math.max(0, clock.nowMs() - lastDoseAtMs);
    return clock.monotonicMs() - this.#lastDoseAtMs;
  }

  settle(planKey: string, ordinal: number): void {
    this.#put({ ...this.#stored, planKey, lastOrdinal: ordinal });
  }

  skip(planKey: string, ordinal: number, count: number): void {
    const nowMs = this.#deps.clock.nowMs();
    const skippedAtMs = [...this.#youngSkips(), ...Array.from({ length: Math.min(count, 1_000) }, () => nowMs)];
    this.#put({ ...this.#stored, planKey, lastOrdinal: ordinal, skippedAtMs });
  }

  /** @returns whether it is durable that this dose was settled: none begins before */
  begin(planKey: string, ordinal: number): Promise<boolean> {
    const { clock } = this.#deps;
    this.#lastDoseAtMs = clock.monotonicMs();
    this.#stored = { ...this.#stored, planKey, lastOrdinal: ordinal, lastDoseAtMs: clock.nowMs() };
    return this.#kept.putDurably(this.#stored);
  }

  get skippedLastDay(): number {
    return this.#youngSkips().length;
  }

  /** What the pump gave in the last so many seconds, whoever ran it, mL. */
  givenMl(pumpChannelId: ChannelId, windowS: number): number {
    return this.#use(pumpChannelId, windowS)?.window.ml ?? 0;
  }

  /** How long the pump has been on in the last so many seconds, s; null: not known. */
  onWithinS(pumpChannelId: ChannelId, windowS: number): number | null {
    return this.#use(pumpChannelId, windowS)?.window.onS ?? null;
  }

  /** What is left of what was filled in, mL; null: not watched, or not known yet. */
  containerLeftMl(pumpChannelId: ChannelId, containerMl: number | null): number | null {
    const use = this.#use(pumpChannelId, DAY_S);
    if (containerMl === null || use === null || !this.isReady) return null;
    if (this.#stored.fill?.containerMl !== containerMl) void this.refill(pumpChannelId, containerMl);
    const given = use.total.ml - (this.#stored.fill?.totalMl ?? use.total.ml);
    return Math.max(0, containerMl - Math.max(0, given));
  }

  /** The container is full again. @returns whether that is durable, within 1 s */
  refill(pumpChannelId: ChannelId, containerMl: number): Promise<boolean> {
    const totalMl = this.#use(pumpChannelId, DAY_S)?.total.ml ?? 0;
    this.#stored = { ...this.#stored, fill: { totalMl, containerMl } };
    return this.#kept.putDurably(this.#stored);
  }

  #put(next: Stored): void {
    this.#stored = next;
    this.#kept.put(next);
  }

  #youngSkips(): readonly number[] {
    const nowMs = this.#deps.clock.nowMs();
    return this.#stored.skippedAtMs.filter((atMs) => Math.abs(nowMs - atMs) < DAY_MS);
  }

  #use(pumpChannelId: ChannelId, windowS: number) {
    try {
      const { outputs } = this.#deps;
      const { useOf: ask } = outputs;
      return ask?.call(outputs, pumpChannelId, windowS) ?? null;
    } catch (error) {
      if (error instanceof ReefFault) return null;
      throw error;
    }
  }
}
