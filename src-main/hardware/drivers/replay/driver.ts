import { ReefFault } from "#contract/errors.ts";
import { Name } from "#contract/names.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { ChannelSpec, DeviceDriver, DriverDefinition, Sample } from "../../ports.ts";
import type { RecordedChannel, Recording } from "../../replay/recording.ts";
import { RecordingCursor } from "../../replay/recording-cursor.ts";
import { ReplayParams } from "./params.ts";

/** Everything is in memory by then. */
const TIMEOUT_MS = 1_000;
const MIN_POLL_S = 0.1;
const MAX_POLL_S = 86_400;
const MAX_NAME_CHARS = 80;

const SILENT: Sample = { fault: "comm", message: "Nothing was recorded at this moment" };

interface ReplayOptions {
  readonly clock: Clock;
  /** Called at each open. @throws ReefFault as open() may */
  readonly load: () => Promise<Recording>;
  /**
   * Where in the recording now is. `open`: its first record is at the moment of opening, and elapsed time follows the
   * monotonic scale. `recorded`: the wall's time is the recorded time, as under a virtual clock started at the first record.
   */
  readonly align: "open" | "recorded";
  /** Only with `open`. */
  readonly loop?: boolean;
}

/** A device that answers what a recording says, when it says it; where nothing was recorded it does not answer. */
export class ReplayDriver implements DeviceDriver {
  readonly timeoutMs = TIMEOUT_MS;
  readonly #options: ReplayOptions;
  #played: {
    readonly recording: Recording;
    readonly cursor: RecordingCursor;
    readonly openedAtMonotonicMs: number;
  } | null = null;
  #indexOf: ReadonlyMap<string, number> = new Map();

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  async open(): Promise<readonly ChannelSpec[]> {
    const { clock, load } = this.#options;
    const recording = await load();
    this.#indexOf = new Map(recording.channels.map((channel, i) => [channel.key, i]));
    this.#played = { recording, cursor: new RecordingCursor(recording), openedAtMonotonicMs: clock.monotonicMs() };
    return recording.channels.map(channelSpecFrom);
  }

  async sample(keys: readonly string[]): Promise<ReadonlyMap<string, Sample>> {
    if (this.#played === null) throw new ReefFault("device-unreachable", "The recording is not open");
    const { cursor } = this.#played;
    cursor.moveTo(this.#positionMs());
    const samples = new Map<string, Sample>();
    for (const key of keys) {
      const index = this.#indexOf.get(key);
      if (index === undefined) continue;
      const value = cursor.valueOf(index);
      samples.set(key, value === null ? SILENT : { value });
    }
    return samples;
  }

  async close(): Promise<void> {
    this.#played = null;
    this.#indexOf = new Map();
  }

  /** Now, on the recording's own time line; epoch, UTC. */
  #positionMs(): number {
    const { clock, align, loop = false } = this.#options;
    if (align === "recorded" || this.#played === null) return clock.nowMs();
    const { recording, openedAtMonotonicMs } = this.#played;
    const elapsedMs = clock.monotonicMs() - openedAtMonotonicMs;
    const roundMs = recording.lastAtMs - recording.firstAtMs + (recording.channels[0]?.nominalIntervalMs ?? 0);
    return recording.firstAtMs + (loop ? elapsedMs % roundMs : elapsedMs);
  }
}

function channelSpecFrom({ key, name, quantity, unit, nominalIntervalMs }: RecordedChannel): ChannelSpec {
  const pollIntervalS = Math.min(MAX_POLL_S, Math.max(MIN_POLL_S, nominalIntervalMs / 1_000));
  return { key, name: keeperName(name, key), kind: "sensor", quantity, unit, role: "generic", pollIntervalS };
}

/** A recorded name may hold what a name of ours may not. */
function keeperName(recorded: string, key: string): string {
  const name = Name.safeParse(recorded.slice(0, MAX_NAME_CHARS));
  return name.success ? name.data : key.slice(0, MAX_NAME_CHARS);
}

export const replayDriver: DriverDefinition<typeof ReplayParams> = {
  type: "replay",
  title: "Replay of a recording",
  category: "simulation",
  get params() {
    return ReplayParams;
  },
  channels: [],
  simulated: true,
  unsupportedReason: () => null,
  addressOf: () => null,
  create: (params, { clock }) =>
    new ReplayDriver({ clock, load: () => loaded(params), align: "open", loop: params.loop }),
};

/** @throws ReefFault device-unreachable (no such file), bus-io, unsupported (no recording) */
async function loaded({ file, timezone }: ReplayParams): Promise<Recording> {
  // Its parsers are large, and most tanks replay nothing.
  const { openRecording } = await import("../../replay/open-recording.ts");
  try {
    return await openRecording({ path: file, timezone });
  } catch (error) {
    if (!(error instanceof ReefFault)) throw error;
    if (error.code === "bus-io") throw error;
    const code = error.code === "not-found" ? "device-unreachable" : "unsupported";
    throw new ReefFault(code, error.message, { cause: error });
  }
}
