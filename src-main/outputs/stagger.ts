import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { OutputRole } from "#contract/quantities.ts";
import type { Why } from "#domain/outputs/arbitrate.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { roleOf } from "./output-channel.ts";

/** Between two loads that are switched on, ms: their inrush must not add up (our own choice, docs/safety.md). */
const APART_MS = 2_000;
/** Whoever is here so soon after the start was here before it, ms: the power came back to all of them at once. */
const POWER_UP_MS = 3_000;
/** Loads without an inrush to speak of: they wait for nobody, and nobody for them. */
const GENTLE: ReadonlySet<OutputRole> = new Set(["doser", "top-off", "feeder"]);

/** Water must move before anything heats, skims or doses: the return first. */
function rankOf(channel: ChannelConfig): number {
  const role = roleOf(channel);
  if (role === "return-pump") return 0;
  return role === "circulation" ? 1 : 2;
}

export function inRankOrder(a: ChannelConfig, b: ChannelConfig): number {
  return rankOf(a) - rankOf(b);
}

interface Waiting {
  readonly channel: ChannelConfig;
  readonly order: number;
  /** When its device was told last without taking it, monotonic ms; null: it was not tried. */
  readonly triedAtMs: number | null;
}

/**
 * Lets loads on one after the other, return pumps first, circulation next. At the start one that was not driven yet
 * waits for its turn even where nobody else is in sight, so that a whole tank that powers up comes in that order. A
 * device that somebody adds later has power already: it waits only where others are being switched on. What was let on
 * and whose device comes back late takes its turn again; of those that do not answer, the one tried longest ago is next,
 * so that a dead plug keeps nobody waiting.
 */
export class Stagger {
  readonly #clock: Clock;
  readonly #onTurn: (channelId: ChannelId) => void;
  readonly #waiting = new Map<ChannelId, Waiting>();
  /** Let on once, and to be told again. */
  readonly #late = new Map<ChannelId, Waiting>();
  readonly #triedAtMs = new Map<ChannelId, number>();
  readonly #poweringUp = new Set<ChannelId>();
  #startedAtMs = Number.POSITIVE_INFINITY;
  #last: { readonly channelId: ChannelId; readonly atMs: number } | null = null;
  #granted: ChannelId | null = null;
  #order = 0;
  #cancelTurn: Cancel | null = null;

  /** @param onTurn called when this output may go on */
  constructor(clock: Clock, onTurn: (channelId: ChannelId) => void) {
    this.#clock = clock;
    this.#onTurn = onTurn;
  }

  /** The power is back: what is registered in the next seconds was here before. */
  start(): void {
    this.#startedAtMs = this.#clock.monotonicMs();
  }

  /** Everything that was here is registered: what comes from now on has power already. */
  everybodyIsHere(): void {
    this.#startedAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Why this load may not go on yet; null: it may. @param isFirst it was never driven since the start */
  wait(channel: ChannelConfig, isFirst: boolean): Why | null {
    if (channel.kind === "dimmer" || GENTLE.has(roleOf(channel)) || this.#granted === channel.id) return null;
    const isPoweringUp = isFirst && this.#isPoweringUp(channel.id);
    const isTaken = this.#freeInMs(channel.id) > 0 || isPoweringUp || this.#hasBefore(channel);
    if (!isTaken) return null;
    return {
      code: "staggered",
      text: "Off until its turn: loads are switched on one after the other, for their inrush.",
      untilMs: null,
    };
  }

  /** It wants on and nothing but its turn is missing. */
  queue(channel: ChannelConfig): void {
    if (this.#waiting.has(channel.id)) return;
    this.#waiting.set(channel.id, { channel, order: this.#order++, triedAtMs: null });
    this.#schedule();
  }

  /** Whether a load that was let on before may be told so again, now; where not, it is called in its turn. */
  mayGoOn(channel: ChannelConfig): boolean {
    const { id } = channel;
    if (channel.kind === "dimmer" || GENTLE.has(roleOf(channel))) return true;
    const nowMs = this.#clock.monotonicMs();
    if (this.#granted === id) {
      this.#triedAtMs.set(id, nowMs);
      this.took(id);
      return true;
    }
    if (!this.#late.has(id)) {
      this.#late.set(id, { channel, order: this.#order++, triedAtMs: this.#triedAtMs.get(id) ?? null });
      this.#schedule();
    }
    return false;
  }

  /** Its device did not take it: the next one need not wait for it. */
  missed(channelId: ChannelId): void {
    if (this.#last?.channelId !== channelId) return;
    this.#last = null;
    this.#schedule();
  }

  /** Its device took it, or is back. */
  settled(channelId: ChannelId): void {
    this.#triedAtMs.delete(channelId);
  }

  /** It was switched on. */
  took(channelId: ChannelId): void {
    this.#last = { channelId, atMs: this.#clock.monotonicMs() };
    this.leave(channelId);
  }

  /** It does not wait any more. */
  leave(channelId: ChannelId): void {
    this.#waiting.delete(channelId);
    if (this.#granted === channelId) this.#granted = null;
  }

  /** It is gone. */
  forget(channelId: ChannelId): void {
    this.leave(channelId);
    this.#late.delete(channelId);
    this.#triedAtMs.delete(channelId);
  }

  stop(): void {
    this.#cancelTurn?.();
    this.#waiting.clear();
    this.#late.clear();
  }

  #isPoweringUp(channelId: ChannelId): boolean {
    if (this.#clock.monotonicMs() - this.#startedAtMs <= POWER_UP_MS) this.#poweringUp.add(channelId);
    return this.#poweringUp.has(channelId);
  }

  #freeInMs(channelId: ChannelId): number {
    if (this.#last === null || this.#last.channelId === channelId) return 0;
    return this.#last.atMs + APART_MS - this.#clock.monotonicMs();
  }

  #hasBefore(channel: ChannelConfig): boolean {
    for (const other of this.#waiting.values()) {
      if (other.channel.id !== channel.id && rankOf(other.channel) <= rankOf(channel)) return true;
    }
    return false;
  }

  #first(): Waiting | undefined {
    return [...this.#waiting.values(), ...this.#late.values()].sort(inTurn)[0];
  }

  #schedule(): void {
    this.#cancelTurn?.();
    const first = this.#first();
    if (first === undefined) {
      this.#cancelTurn = null;
      return;
    }
    const waitMs = Math.max(0, this.#freeInMs(first.channel.id));
    this.#cancelTurn = this.#clock.at(this.#clock.monotonicMs() + waitMs, () => this.#turn());
  }

  #turn(): void {
    const first = this.#first();
    if (first === undefined) return;
    const { id } = first.channel;
    // Somebody went on meanwhile without waiting: by hand, or the same load again.
    if (this.#freeInMs(id) <= 0) {
      this.#granted = id;
      this.#onTurn(id);
      this.leave(id);
      this.#late.delete(id);
    }
    this.#schedule();
  }
}

function inTurn(a: Waiting, b: Waiting): number {
  const sinceTried = (a.triedAtMs ?? Number.NEGATIVE_INFINITY) - (b.triedAtMs ?? Number.NEGATIVE_INFINITY);
  if (a.triedAtMs !== b.triedAtMs) return sinceTried;
  return inRankOrder(a.channel, b.channel) || a.order - b.order;
}
