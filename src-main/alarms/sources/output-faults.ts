import type { AlarmDefinition, AlarmKind } from "#contract/alarms.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import { type Signal, type SignalCause, signalOfCauses } from "#domain/alarms/signal.ts";
import type { Cancel } from "../../platform/ports.ts";
import type { AlarmSource } from "../ports.ts";

interface Outputs {
  list(): readonly Output[];
  onChange(listener: (output: Output) => void): Cancel;
}

/** Faults of outputs, latched or standing, and commands no device confirms. */
export class OutputFaults implements AlarmSource {
  readonly kinds: readonly AlarmKind[] = ["output-fault"];
  readonly #outputs: Outputs;
  readonly #known = new Map<ChannelId, Output>();

  constructor(outputs: Outputs) {
    this.#outputs = outputs;
  }

  signalOf({ channelId }: AlarmDefinition): Signal | null {
    if (channelId === null) return null;
    const output = this.#known.get(channelId) ?? this.#outputs.list().find((one) => one.channelId === channelId);
    return output === undefined ? null : signalOfCauses(causesOf(output));
  }

  onChange(listener: (subject: string) => void): Cancel {
    return this.#outputs.onChange((output) => {
      this.#known.set(output.channelId, output);
      listener(output.channelId);
    });
  }
}

function causesOf({ faults, confirmation }: Output): readonly SignalCause[] {
  const told = faults.map(({ code, text }): SignalCause => ({ code, text, priority: null }));
  if (confirmation !== "failed") return told;
  const text = "Its device does not confirm what it was told.";
  return [...told, { code: "not-confirmed", text, priority: null }];
}
