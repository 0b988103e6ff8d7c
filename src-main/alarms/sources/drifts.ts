import type { AlarmDefinition, AlarmKind } from "#contract/alarms.ts";
import { messageOf } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import { DriftMeter, KeptDrift, signalOfDrift } from "#domain/alarms/drift-meter.ts";
import type { Signal } from "#domain/alarms/signal.ts";
import type { Cancel, Clock, Logger, Stoppable } from "../../platform/ports.ts";
import { every } from "../../platform/timing.ts";
import type { AlarmSource } from "../ports.ts";

/** What is compared with its own past; null: not known, or not at work. */
export interface DriftInputs {
  /** Share of the last hour, %. */
  heaterDutyPct(loopId: LoopId): number | null;
  /** The last 24 h and the median of the seven days before, L; kept by the loop itself. */
  evaporation(loopId: LoopId): { readonly todayL: number; readonly usualL: number } | null;
  /** W, while it is on. */
  powerW(outputChannelId: ChannelId): number | null;
}

/** One document by name, durable and local. */
interface DriftMemory {
  load(name: string): Promise<unknown>;
  save(name: string, body: unknown): Promise<void>;
}

interface DriftsDeps {
  readonly inputs: DriftInputs;
  readonly memory: DriftMemory;
  readonly clock: Clock;
  readonly log: Logger;
}

const NAME = "alarm-drifts";
const SAMPLE_MS = 60_000;
const SAMPLES_AN_HOUR = 60;

/** Today against the seven days before: looked at every minute, judged every hour. */
export class Drifts implements AlarmSource, Stoppable {
  readonly kinds: readonly AlarmKind[] = ["drift"];
  readonly #deps: DriftsDeps;
  readonly #meters = new Map<string, DriftMeter>();
  readonly #kept = new Map<string, KeptDrift>();
  readonly #listeners = new Set<(subject: string) => void>();
  #samples = 0;
  #cancel: Cancel = () => undefined;
  #isLoaded = false;

  constructor(deps: DriftsDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const { memory, clock, log } = this.#deps;
    try {
      const body = (await memory.load(NAME)) ?? {};
      for (const [id, kept] of Object.entries(body)) {
        const parsed = KeptDrift.safeParse(kept);
        if (parsed.success) this.#kept.set(id, parsed.data);
      }
      this.#isLoaded = true;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, "what was usual in the last days cannot be read; it is learned anew");
    }
    this.#cancel = every(clock, SAMPLE_MS, () => this.#sample());
  }

  async stop(): Promise<void> {
    this.#cancel();
  }

  signalOf(definition: AlarmDefinition): Signal | null {
    const { loopId, channelId } = definition;
    const usual = loopId === null ? null : this.#deps.inputs.evaporation(loopId);
    if (usual !== null) return signalOfDrift(definition, usual.usualL > 0 ? usual.todayL / usual.usualL : null);
    const subject = loopId ?? channelId;
    return subject === null ? null : signalOfDrift(definition, this.#meterOf(subject).ratio());
  }

  onChange(listener: (subject: string) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #meterOf(subject: string): DriftMeter {
    const known = this.#meters.get(subject);
    if (known !== undefined) return known;
    const made = new DriftMeter(this.#kept.get(subject));
    this.#meters.set(subject, made);
    return made;
  }

  #sample(): void {
    const { inputs } = this.#deps;
    for (const [subject, meter] of this.#meters) {
      const value = inputs.heaterDutyPct(subject as LoopId) ?? inputs.powerW(subject as ChannelId);
      if (value !== null) meter.add(value);
    }
    this.#samples += 1;
    if (this.#samples % SAMPLES_AN_HOUR === 0) this.#turn();
  }

  #turn(): void {
    const { memory, log } = this.#deps;
    for (const meter of this.#meters.values()) meter.turn();
    for (const subject of this.#meters.keys()) for (const listener of this.#listeners) listener(subject);
    if (!this.#isLoaded) return;
    const body = Object.fromEntries([...this.#meters].map(([subject, meter]) => [subject, meter.kept()]));
    memory.save(NAME, body).catch((error: unknown) => {
      log.warn({ reason: messageOf(error) }, "what was usual in the last days could not be kept");
    });
  }
}
