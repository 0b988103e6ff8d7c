import { DeviceId } from "#contract/ids.ts";
import { Acquisition } from "#main/acquisition/acquisition.ts";
import type { DeviceDriver, Sample } from "#main/hardware/ports.ts";
import { RealClock } from "#main/platform/clock.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import {
  type Bench,
  type Figures,
  interleaved,
  type Outcome,
  pause,
  REPETITIONS,
  type RunOptions,
} from "./support/bench.ts";
import { deadlineLoop } from "./support/deadline-loop.ts";
import { type GridFaults, gridFaultsOf, SampleTimes } from "./support/sample-times.ts";
import { quantile, rounded, spreadOf } from "./support/statistics.ts";

const SLICE_MS = 6_000;
const SETTLE_MS = 300;
const BEGUN_PER_MS = 8;
const BUSY_MS = 5;
const BUSY_PERIOD_MS = 20;
const TIMES_BAR = 2;
const AIM_MS = 2;
const DRIFT_LIMIT_PPM = 1_000;

interface Load {
  readonly devices: number;
  readonly periodMs: number;
  readonly isBusy: boolean;
}

const SIZES = [
  { devices: 10, periodMs: 1_000 },
  { devices: 100, periodMs: 1_000 },
  { devices: 1_000, periodMs: 1_000 },
  { devices: 50, periodMs: 100 },
] as const;
const LOADS: readonly Load[] = [false, true].flatMap((isBusy) => SIZES.map((size) => ({ ...size, isBusy })));

interface Slice extends GridFaults {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How late each sample is on its own grid, beside a timer on absolute deadlines for each device. */
export const b5: Bench = {
  name: "B5",
  title: "poll-jitter",
  bar: "no slot doubled or missed, no drift, p99 <= 2x an absolute-deadline loop",
  aim: "p99 <= 2 ms at 1000 idle devices",
  run,
};

async function run({ say }: RunOptions): Promise<Outcome> {
  const figures: Record<string, Figures[string]> = {};
  const floor: Record<string, Figures[string]> = {};
  const ratios: number[] = [];
  let faults = 0;
  let floorFaults = 0;
  let aimMs = Number.NaN;
  for (const load of LOADS) {
    const name = nameOf(load);
    say(name);
    const slices = await interleaved(
      REPETITIONS,
      () => sliceOf(load, polledBy),
      () => sliceOf(load, deadlineLoops),
    );
    const p99 = spreadOf(slices.a.map((slice) => slice.p99Ms));
    const floorP99 = spreadOf(slices.b.map((slice) => slice.p99Ms));
    figures[`${name} p50Ms`] = spreadOf(slices.a.map((slice) => slice.p50Ms));
    figures[`${name} p99Ms`] = p99;
    floor[`${name} p99Ms`] = floorP99;
    ratios.push(p99.median / floorP99.median);
    faults += faultsIn(slices.a);
    floorFaults += faultsIn(slices.b);
    if (load.devices === 1_000 && !load.isBusy) aimMs = p99.median;
  }
  const ratio = rounded(Math.max(...ratios));
  return {
    figures: { ...figures, doubledMissedOrDrifting: faults },
    floor: { ...floor, doubledMissedOrDrifting: floorFaults },
    ratio,
    // A machine that stands still longer than a period makes the floor miss it too.
    meetsBar: ratio <= TIMES_BAR && faults <= floorFaults,
    meetsAim: aimMs <= AIM_MS && faults <= floorFaults,
  };
}

function faultsIn(slices: readonly Slice[]): number {
  const isDrifting = ({ driftPpm }: Slice) => Math.abs(driftPpm) > DRIFT_LIMIT_PPM;
  return slices.reduce((sum, slice) => sum + slice.doubled + slice.missed + (isDrifting(slice) ? 1 : 0), 0);
}

function nameOf({ devices, periodMs, isBusy }: Load): string {
  return `${devices} at ${1_000 / periodMs} Hz ${isBusy ? "busy" : "idle"}`;
}

type Begin = (load: Load, onSample: (device: number) => void) => () => void;

async function sliceOf(load: Load, begin: Begin): Promise<Slice> {
  const times = new SampleTimes(load.devices);
  const endPolling = begin(load, (device) => times.note(device));
  const endBusy = load.isBusy ? beBusy() : () => undefined;
  // What a start costs is not jitter.
  await pause(SETTLE_MS);
  times.begin();
  await pause(SLICE_MS);
  endBusy();
  endPolling();
  const lateness = times.latenessMs(load.periodMs);
  return {
    p50Ms: quantile(lateness, 0.5),
    p99Ms: quantile(lateness, 0.99),
    ...gridFaultsOf(times, load.periodMs),
  };
}

/** Ours: virtual devices under the real acquisition, with validation, calibration and the readings bus behind it. */
function polledBy({ devices, periodMs }: Load, onSample: (device: number) => void): () => void {
  const clock = new RealClock();
  const nothing = () => undefined;
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const acquisition = new Acquisition({
    readings,
    clock,
    log: SILENT_LOG,
    onDeviceLost: nothing,
    onDeviceBack: nothing,
  });
  for (let device = 0; device < devices; device++) {
    const deviceId = DeviceId.parse(newId(clock.nowMs()));
    const channel = channelConfig({ deviceId, pollIntervalS: periodMs / 1_000 });
    acquisition.watch({
      deviceId,
      driver: virtualDriver(channel.key, () => onSample(device)),
      channels: [channel],
    });
  }
  return () => void acquisition.stop();
}

function virtualDriver(key: string, onSample: () => void): DeviceDriver {
  const answer: ReadonlyMap<string, Sample> = new Map([[key, { value: 25.5 }]]);
  return {
    timeoutMs: 500,
    open: async () => [],
    sample: async () => {
      onSample();
      return answer;
    },
    close: async () => undefined,
  };
}

/** The floor: nothing but the timers, spread as the acquisition spreads its own. */
function deadlineLoops({ devices, periodMs }: Load, onSample: (device: number) => void): () => void {
  const ends = Array.from({ length: devices }, (_, device) =>
    deadlineLoop(periodMs, () => onSample(device), Math.floor(device / BEGUN_PER_MS)),
  );
  return () => {
    for (const end of ends) end();
  };
}

/**
 * Holds the loop for 5 ms of every 20, as a query's answer or a JSON document of the tank's history would; somewhere in
 * the 20, because polling periods are multiples of it.
 */
function beBusy(): () => void {
  let timer: NodeJS.Timeout;
  return deadlineLoop(BUSY_PERIOD_MS, () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        const untilMs = performance.now() + BUSY_MS;
        while (performance.now() < untilMs);
      },
      Math.random() * (BUSY_PERIOD_MS - BUSY_MS),
    );
  });
}
