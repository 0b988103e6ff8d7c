import type { ChannelId } from "#contract/ids.ts";
import { PowerJudge, runningAboveW } from "#domain/outputs/power-judge.ts";
import { settingsOf } from "../output-channel.ts";
import type { Interlock } from "../ports.ts";
import { outputOf, sensed, type Watch, type WatchParts } from "./watch.ts";

/** Compares what an output's load draws with what it was told, where its power is measured. */
export class PowerWatch implements Watch {
  readonly interlocks: readonly Interlock[];
  /** Seconds count: what was drawn before the very moment of switching proves nothing. */
  readonly hurriesFor: ChannelId;
  readonly #channelId: ChannelId;
  readonly #parts: WatchParts;
  readonly #judge = new PowerJudge();

  constructor(channelId: ChannelId, parts: WatchParts) {
    this.hurriesFor = channelId;
    this.#channelId = channelId;
    this.#parts = parts;
    this.interlocks = [{ channelId, blocked: () => null, standing: (code) => this.#standing(code) }];
  }

  look(): void {
    const output = outputOf(this.#parts, this.#channelId);
    if (output === null) return;
    const { clock, outputs } = this.#parts;
    const isCommandedOn = output.requested > 0;
    const power = this.#power();
    const finding = this.#judge.judge(
      { isCommandedOn, power, atMs: clock.monotonicMs() },
      this.#equipment().ratedW,
    );
    if (finding === "as-told") return;
    const text = finding === "stuck-on" ? this.#stuckOnText(power?.w ?? 0) : STUCK_OFF_TEXT;
    outputs.raiseFault(this.#channelId, { code: finding, text, latched: true });
  }

  #standing(code: string): string | null {
    const w = this.#power()?.w ?? 0;
    if (code !== "stuck-on" || w <= runningAboveW(this.#equipment().ratedW)) return null;
    return `it still draws ${Math.round(w)} W although it is off; unplug it or replace its relay first.`;
  }

  #power(): { readonly w: number; readonly atMs: number } | null {
    const { powerChannelId } = this.#equipment();
    const w = sensed(this.#parts, powerChannelId);
    const last = powerChannelId === null ? null : this.#parts.readings.latest(powerChannelId);
    return w === null || last === null ? null : { w, atMs: last.publishedAtMonotonicMs };
  }

  #equipment() {
    const channel = this.#parts.channelOf(this.#channelId);
    return channel === null
      ? { powerChannelId: null, ratedW: null, masterChannelId: null }
      : settingsOf(channel).equipment;
  }

  #stuckOnText(w: number): string {
    const { masterChannelId } = this.#equipment();
    const master = masterChannelId === null ? null : this.#parts.channelOf(masterChannelId);
    const consequence = master === null ? "Pull its plug now" : `${master.name} upstream is cut`;
    return `It draws ${Math.round(w)} W although it was switched off: its relay is probably welded. ${consequence}, replace it, then reset it.`;
  }
}

const STUCK_OFF_TEXT =
  "Off: it drew no power for 10 s although it was on; check its plug, its fuse and its cable, then reset it.";
