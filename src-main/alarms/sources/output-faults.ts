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

/** A plug that is back on the network within this wakes nobody; a fault has been judged for long enough by itself. */
const UNCONFIRMED_FOR_MS = 10_000;

/** Faults of outputs, latched or standing, and commands no device confirms for a while. */
export class OutputFaults implements AlarmSource {
  readonly kinds: readonly AlarmKind[] = ["output-fault"];
  readonly #outputs: Outputs;
  readonly #clock: Clock;
  readonly #known = new Map<ChannelId, Output>();
  /** Since when no device confirms, and what ends the wait for it to last. */
  readonly #unconfirmed = new Map<ChannelId, { readonly sinceMs: number; readonly cancel: Cancel }>();
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
      for (const { cancel } of this.#unconfirmed.values()) cancel();
      this.#unconfirmed.clear();
    };
  }

  #time({ channelId, confirmation }: Output): void {
    const known = this.#unconfirmed.get(channelId);
    if (confirmation !== "failed") {
      known?.cancel();
      this.#unconfirmed.delete(channelId);
    } else if (known === undefined) {
      const cancel = after(this.#clock, UNCONFIRMED_FOR_MS, () => this.#tell(channelId));
      this.#unconfirmed.set(channelId, { sinceMs: this.#clock.monotonicMs(), cancel });
    }
  }

  #causesOf({ channelId, faults }: Output): readonly SignalCause[] {
    const told = faults.map(({ code, text }): SignalCause => ({ code, text, priority: null }));
    const { sinceMs } = this.#unconfirmed.get(channelId) ?? { sinceMs: Number.POSITIVE_INFINITY };
    if (this.#clock.monotonicMs() - sinceMs < UNCONFIRMED_FOR_MS) return told;
    const text = "Its device does not confirm what it was told.";
    return [...told, { code: "not-confirmed", text, priority: null }];
  }
}
