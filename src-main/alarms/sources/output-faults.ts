import type { AlarmDefinition, AlarmKind } from "#contract/alarms.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import { type Signal, type SignalCause, signalOfCauses } from "#domain/alarms/signal.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import { after } from "../../platform/timing.ts";
import type { AlarmSource } from "../ports.ts";

interface Outputs {
  list(): readonly Output[];
  onChange(listener: (output: Output) => void): Cancel;
}

/** A plug that is back on the network within this wakes nobody; what is latched was judged for long enough by itself. */
const UNSURE_FOR_MS = 10_000;

/** Faults of outputs: latched at once; those that end by themselves, and commands no device confirms, after a while. */
export class OutputFaults implements AlarmSource {
  readonly kinds: readonly AlarmKind[] = ["output-fault"];
  readonly #outputs: Outputs;
  readonly #clock: Clock;
  readonly #known = new Map<ChannelId, Output>();
  /** Where something may end by itself: what ends the wait for it to last; null: it has lasted. */
  readonly #unsure = new Map<ChannelId, Cancel | null>();
  #tell: (subject: string) => void = () => undefined;

  constructor(outputs: Outputs, clock: Clock) {
    this.#outputs = outputs;
    this.#clock = clock;
  }

  signalOf({ channelId }: AlarmDefinition): Signal | null {
    if (channelId === null) return null;
    const output = this.#known.get(channelId) ?? this.#outputs.list().find((one) => one.channelId === channelId);
    if (output === undefined) return null;
    this.#time(output);
    return signalOfCauses(this.#causesOf(output));
  }

  onChange(listener: (subject: string) => void): Cancel {
    this.#tell = listener;
    const unhear = this.#outputs.onChange((output) => {
      this.#known.set(output.channelId, output);
      this.#time(output);
      listener(output.channelId);
    });
    return () => {
      unhear();
      for (const cancel of this.#unsure.values()) cancel?.();
      this.#unsure.clear();
    };
  }

  #time({ channelId, confirmation, faults }: Output): void {
    const isUnsure = confirmation === "failed" || faults.some(({ latched }) => !latched);
    if (isUnsure === this.#unsure.has(channelId)) return;
    this.#unsure.get(channelId)?.();
    this.#unsure.delete(channelId);
    if (isUnsure)
      this.#unsure.set(
        channelId,
        after(this.#clock, UNSURE_FOR_MS, () => this.#lasts(channelId)),
      );
  }

  #lasts(channelId: ChannelId): void {
    this.#unsure.set(channelId, null);
    this.#tell(channelId);
  }

  #causesOf({ channelId, confirmation, faults }: Output): readonly SignalCause[] {
    const said = (some: Output["faults"]) =>
      some.map(({ code, text }): SignalCause => ({ code, text, priority: null }));
    if (this.#unsure.get(channelId) !== null) return said(faults.filter(({ latched }) => latched));
    const text = "Its device does not confirm what it was told.";
    const unconfirmed: SignalCause = { code: "not-confirmed", text, priority: null };
    return confirmation === "failed" ? [...said(faults), unconfirmed] : said(faults);
  }
}
