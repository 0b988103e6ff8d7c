import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { DeviceId } from "#contract/ids.ts";
import { Acquisition } from "#main/acquisition/acquisition.ts";
import { FileBusProcess } from "#main/hardware/buses/file-bus-process.ts";
import type { DeviceDriver } from "#main/hardware/ports.ts";
import { RealClock } from "#main/platform/clock.ts";
import { newId } from "#main/platform/ids.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { HeadlessHost } from "#tests/headless-host.ts";
import { makePipe } from "#tests/w1-tree.ts";
import { type Bench, interleaved, type Outcome, pause, REPETITIONS, type RunOptions } from "./support/bench.ts";
import { FileProbeDriver } from "./support/file-drivers.ts";
import { gridFaultsOf, SampleTimes } from "./support/sample-times.ts";
import { SocketProbeDriver } from "./support/socket-probe.ts";
import { quantile, rounded, spreadOf } from "./support/statistics.ts";

const DEVICES = 100;
const HANGING = 10;
const HANG_MS = 30_000;
const PERIOD_MS = 1_000;
/** Past the hang's end: what is given up then must not disturb the others either. */
const SLICE_MS = HANG_MS + 5_000;
const SETTLE_MS = 3_000;
const TIMES_BAR = 1.2;
const TIMES_AIM = 1.05;

const NETWORK = fileURLToPath(new URL("./support/network-devices.ts", import.meta.url));
const FILE_BUS_CHILD = new URL("../../src-main/hardware/buses/file-bus-child.ts", import.meta.url);

/** Healthy devices' readings while 10 of 100 hang: half on files behind the file bus's process, half on sockets. */
export const b6: Bench = {
  name: "B6",
  title: "isolation",
  bar: "healthy devices' p99 while 10 of 100 hang <= 1.2x the same without a hang",
  aim: "<= 1.05x",
  run,
};

interface Ports {
  readonly answering: number;
  readonly hanging: number;
}

interface Slice {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly missed: number;
}

async function run({ say }: RunOptions): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "reef-bench-hang-"));
  const network = await HeadlessHost.start({ entry: NETWORK });
  const ports: Ports = JSON.parse(network.stdout);
  try {
    for (let i = 0; i < DEVICES; i++) await writeFile(join(folder, `healthy-${i}`), "25.5");
    for (let i = 0; i < HANGING; i++) await makePipe(join(folder, `hanging-${i}`));
    say(`${REPETITIONS} x ${SLICE_MS / 1_000} s with and without ${HANGING} of ${DEVICES} hanging`);
    const slices = await interleaved(
      REPETITIONS,
      () => sliceOf({ folder, ports, hanging: HANGING }),
      () => sliceOf({ folder, ports, hanging: 0 }),
    );
    return outcomeOf(slices.a, slices.b);
  } finally {
    await network.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

function outcomeOf(hung: readonly Slice[], healthy: readonly Slice[]): Outcome {
  const p99 = spreadOf(hung.map((slice) => slice.p99Ms));
  const floorP99 = spreadOf(healthy.map((slice) => slice.p99Ms));
  const missed = hung.reduce((sum, slice) => sum + slice.missed, 0);
  const floorMissed = healthy.reduce((sum, slice) => sum + slice.missed, 0);
  const ratio = rounded(p99.median / floorP99.median);
  return {
    figures: { p50Ms: spreadOf(hung.map((slice) => slice.p50Ms)), p99Ms: p99, missed },
    floor: { p50Ms: spreadOf(healthy.map((slice) => slice.p50Ms)), p99Ms: floorP99, missed: floorMissed },
    ratio,
    meetsBar: ratio <= TIMES_BAR && missed <= floorMissed,
    meetsAim: ratio <= TIMES_AIM && missed <= floorMissed,
  };
}

interface Site {
  readonly folder: string;
  readonly ports: Ports;
  readonly hanging: number;
}

async function sliceOf({ folder, ports, hanging }: Site): Promise<Slice> {
  const clock = new RealClock();
  const bus = new FileBusProcess({ childUrl: FILE_BUS_CHILD, execPath: process.execPath, clock, log: SILENT_LOG });
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const nothing = () => undefined;
  const acquisition = new Acquisition({
    readings,
    clock,
    log: SILENT_LOG,
    onDeviceLost: nothing,
    onDeviceBack: nothing,
  });
  const times = new SampleTimes(DEVICES);
  const numbers = new Map<string, number>();
  readings.subscribe("bench", ({ channelId, quality }) => {
    const device = numbers.get(channelId);
    if (device !== undefined && quality === "good") times.note(device);
  });
  const driverOf = (device: number, isHanging: boolean): DeviceDriver => {
    const options = { key: "value", timeoutMs: HANG_MS };
    if (device % 2 === 1) return new SocketProbeDriver(isHanging ? ports.hanging : ports.answering, options);
    return new FileProbeDriver(bus, {
      path: join(folder, `${isHanging ? "hanging" : "healthy"}-${device}`),
      ...options,
    });
  };
  const watch = (device: number) => {
    const isHanging = device < hanging;
    const deviceId = DeviceId.parse(newId(clock.nowMs()));
    const channel = channelConfig({ deviceId, key: "value" });
    if (!isHanging) numbers.set(channel.id, device);
    acquisition.watch({ deviceId, driver: driverOf(device, isHanging), channels: [channel] });
  };
  for (let device = hanging; device < DEVICES; device++) watch(device);
  // The bus's process starts at the first call, which is not what is measured.
  await pause(SETTLE_MS);
  times.begin();
  for (let device = 0; device < hanging; device++) watch(device);
  await pause(SLICE_MS);
  await acquisition.stop();
  await bus.stop();
  const lateness = times.latenessMs(PERIOD_MS);
  const { missed } = gridFaultsOf(times, PERIOD_MS);
  return { p50Ms: quantile(lateness, 0.5), p99Ms: quantile(lateness, 0.99), missed };
}
