import type { ChannelId } from "#contract/ids.ts";
import type { OutputRole } from "#contract/quantities.ts";
import { PowerJudge, runningAboveW } from "#domain/outputs/power-judge.ts";
import { roleOf, settingsOf } from "../output-channel.ts";
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
    // A pump of a few watts draws less than the least we take for running; only its nameplate tells it from a dead one.
    const isUnjudged = finding === "stuck-off" && this.#equipment().ratedW === null && !this.#isHeater();
    if (isUnjudged) return;
    if (finding === "as-told") {
      if (this.#movesWater() && isCommandedOn && this.#isDrawing()) outputs.clearFault(this.#channelId, STUCK_OFF);
      return;
    }
    if (finding === "stuck-on") {
      outputs.raiseFault(this.#channelId, {
        code: finding,
        text: this.#stuckOnText(power?.w ?? 0),
        latched: true,
      });
    } else if (this.#movesWater()) {
      outputs.raiseFault(this.#channelId, { code: finding, text: NO_WATER_TEXT, latched: false });
    } else outputs.raiseFault(this.#channelId, { code: finding, text: STUCK_OFF_TEXT, latched: true });
  }

  #isDrawing(): boolean {
    return (this.#power()?.w ?? 0) > runningAboveW(this.#equipment().ratedW);
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

  /** What the animals breathe by must start again by itself when its power returns. */
  #movesWater(): boolean {
    const channel = this.#parts.channelOf(this.#channelId);
    return channel !== null && MOVES_WATER.has(roleOf(channel));
  }

  #isHeater(): boolean {
    const channel = this.#parts.channelOf(this.#channelId);
    return channel !== null && roleOf(channel) === "heater";
  }

  #stuckOnText(w: number): string {
    const { masterChannelId } = this.#equipment();
    const master = masterChannelId === null ? null : this.#parts.channelOf(masterChannelId);
    const consequence = master === null ? "Pull its plug now" : `${master.name} upstream is cut`;
    return `It draws ${Math.round(w)} W although it was switched off: its relay is probably welded. ${consequence}, replace it, then reset it.`;
  }
}

const STUCK_OFF = "stuck-off";
const MOVES_WATER: ReadonlySet<OutputRole> = new Set(["return-pump", "circulation"]);
const NO_WATER_TEXT =
  "It draws no power although it is on; it is kept on for when its power returns. Check its plug, its fuse and its cable.";
const STUCK_OFF_TEXT =
  "Off: it drew no power for 10 s although it was on; check its plug, its fuse and its cable, then reset it.";
