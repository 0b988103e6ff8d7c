import type { ChannelConfig } from "#contract/channels.ts";
import type { DeviceId } from "#contract/ids.ts";
import { Acquisition } from "../acquisition/acquisition.ts";
import { AlarmEngine } from "../alarms/alarm-engine.ts";
import type { AlarmEventStore, AlarmStore } from "../alarms/ports.ts";
import { Drifts } from "../alarms/sources/drifts.ts";
import { LoopWarnings } from "../alarms/sources/loop-warnings.ts";
import { OutputFaults } from "../alarms/sources/output-faults.ts";
import { ControlLoops } from "../control/control-loops.ts";
import { ModeRunner } from "../control/modes/mode-runner.ts";
import type { ControlMemory } from "../control/ports.ts";
import { FileBusProcess } from "../hardware/buses/file-bus-process.ts";
import type { ChannelSpec } from "../hardware/ports.ts";
import { createDriver } from "../hardware/registry.ts";
import { Arbiter } from "../outputs/arbiter.ts";
import { LoopInterlocks } from "../outputs/interlocks/loop-interlocks.ts";
import type { OutputEventSink, OutputStateStore, SafeModeState } from "../outputs/ports.ts";
import { EquipmentWatches } from "../outputs/watches/equipment-watches.ts";
import type { Lifecycle } from "../platform/lifecycle.ts";
import type { ReadingsBus } from "../readings/readings-bus.ts";
import { alarmsIn } from "../settings/offered-alarms.ts";
import type { Configuration } from "../settings/ports.ts";
import { AlarmTank } from "./alarm-surroundings.ts";
import { DeviceHost } from "./device-host.ts";
import { HeldLoops } from "./held-loops.ts";
import type { CoreParts } from "./ports.ts";

export interface TankDeps {
  readonly parts: CoreParts;
  readonly lifecycle: Lifecycle;
  readonly readings: ReadingsBus;
  readonly outputState: OutputStateStore;
  readonly outputEvents: OutputEventSink;
  /** What loops and modes remember; left out: nothing outlives the program. */
  readonly controlMemory?: ControlMemory;
  /** Left out: the time of day is right. */
  readonly isClockSynchronized?: () => boolean;
  /** Whether only life support runs; null, the default: it never holds. Its end needs an `apply`. */
  readonly safeMode?: SafeModeState | null;
  /** What alarms remember; null, the default: nothing outlives the program. */
  readonly alarmStore?: AlarmStore | null;
  /** Where transitions of alarms go in the end; null, the default: nowhere. */
  readonly alarmEvents?: AlarmEventStore | null;
  /** First contact with a device; never rejects. */
  readonly onContact: (deviceId: DeviceId, specs: readonly ChannelSpec[]) => Promise<void>;
}

const FORGETFUL: ControlMemory = { load: async () => null, save: async () => undefined };

/** The part that keeps animals alive: it needs neither Postgres, nor the network, nor a person. */
export interface Tank {
  readonly acquisition: Acquisition;
  readonly outputs: Arbiter;
  readonly loops: ControlLoops;
  /** As they are shown: what safe mode holds says so. */
  readonly heldLoops: HeldLoops;
  readonly modes: ModeRunner;
  readonly alarms: AlarmEngine;
  readonly devices: DeviceHost;
  /** Makes everything that runs fit this configuration; what did not change is not touched. */
  apply(configuration: Configuration): void;
}

/**
 * Builds it against the data flow, so that whatever listens exists before whatever speaks. It stops the other way
 * round: the loops fall silent, outputs reach their safe state, then polling ends and drivers close.
 */
export async function startTank({
  parts,
  lifecycle,
  readings,
  outputState,
  outputEvents,
  controlMemory = FORGETFUL,
  isClockSynchronized = () => true,
  safeMode = null,
  alarmStore = null,
  alarmEvents = null,
  onContact,
}: TankDeps): Promise<Tank> {
  const { clock, log, files, drivers } = parts;
  const bus = lifecycle.own(
    "file bus",
    new FileBusProcess({
      childUrl: files.fileBusChild,
      execPath: process.execPath,
      clock,
      log: log.named("file bus"),
    }),
  );
  const context = { clock, log: log.named("drivers"), buses: { oneWire: bus, files: bus } };
  let heard: DeviceHost["heard"] = () => undefined;
  const acquisition: Acquisition = new Acquisition({
    readings,
    clock,
    log: log.named("acquisition"),
    onDeviceLost: (deviceId) => heard(deviceId, { message: lastErrorOf(acquisition, deviceId) }),
    onDeviceBack: (deviceId) => heard(deviceId, null),
  });
  const outputs = new Arbiter({
    store: outputState,
    events: outputEvents,
    clock,
    log: log.named("outputs"),
    isClockSynchronized,
  });
  const devices = lifecycle.own(
    "devices",
    new DeviceHost({
      createDriver: (type, params) => createDriver(drivers, { type, params }, context),
      acquisition,
      outputs,
      clock,
      log: log.named("devices"),
      onContact,
    }),
  );
  heard = (deviceId, lost) => devices.heard(deviceId, lost);
  lifecycle.own("acquisition", acquisition);
  const alarmLog = log.named("alarms");
  const around: AlarmTank = new AlarmTank({
    stateOf: (loopId) => loops.stateOf(loopId),
    isOffline: (deviceId) => devices.status(deviceId).state === "offline",
    readings,
    clock,
  });
  const alarms = lifecycle.own(
    "alarm engine",
    new AlarmEngine({
      readings,
      clock,
      log: alarmLog,
      store: alarmStore,
      events: alarmEvents,
      surroundings: around,
      setpoints: around,
      isClockSynchronized,
      ...(alarmStore === null ? {} : { startedAtMs: clock.monotonicMs() }),
    }),
  );
  await alarms.open();
  alarms.onTransition(({ alarmId, transition, to, value }, { name, channelId }) => {
    alarmLog[transition === "raised" ? "warn" : "info"](
      { alarmId, channelId, name, transition, to, value },
      "an alarm changed",
    );
  });
  alarms.announcements.onAnnouncement(({ kind, priority, cause, alarms: told }) => {
    const names = told.map(({ name }) => name);
    alarmLog.info({ kind, priority, cause, alarms: names }, "people are told of alarms");
  });
  lifecycle.own("outputs", outputs);
  await outputs.start();
  const modes = lifecycle.own(
    "modes",
    new ModeRunner({ outputs, memory: controlMemory, clock, log: log.named("modes"), isClockSynchronized }),
  );
  await modes.start();
  let timeZone = "UTC";
  let systemVolumeL: number | null = null;
  let channels: ReadonlyMap<string, ChannelConfig> = new Map();
  const loops = lifecycle.own(
    "control loops",
    new ControlLoops({
      readings,
      outputs,
      clock,
      log: log.named("control"),
      channelOf: (id) => channels.get(id) ?? null,
      timeZone: () => timeZone,
      systemVolumeL: () => systemVolumeL,
      hurry: (channelId, intervalS) => acquisition.hurry(channelId, intervalS),
      startedAtMs: clock.monotonicMs(),
      memory: controlMemory,
      isClockSynchronized,
      modes: {
        activeModeKinds: () => modes.activeModeKinds(),
        isOn: (modeId) => modes.active()?.stage === "on" && modes.active()?.modeId === modeId,
        start: (modeId, by) => void modes.switchOn(modeId, { by }),
      },
    }),
  );
  const heldLoops = new HeldLoops({ runtime: loops, safeMode });
  const guarding = { readings, outputs, clock, learned: loops.learned };
  const watches = lifecycle.own(
    "equipment watches",
    new EquipmentWatches({
      ...guarding,
      hurry: (channelId, intervalS) => acquisition.hurry(channelId, intervalS),
    }),
  );
  const protecting = { ...guarding, modes, ...(safeMode === null ? {} : { safeMode }) };
  const interlocks = lifecycle.own("interlocks", new LoopInterlocks(protecting));
  // A reading is heard in this order: by who cuts, by who decides, by who tells.
  interlocks.start();
  loops.start();
  watches.start();
  alarms.start();
  const drifts = lifecycle.own(
    "drifts",
    new Drifts({ inputs: around, memory: controlMemory, clock, log: alarmLog }),
  );
  await drifts.start();
  for (const source of [new OutputFaults(outputs, clock), new LoopWarnings(loops, clock), drifts])
    alarms.listenTo(source);

  const keepQuiet = () => alarms.keepQuiet(modes.suppressedKinds(), modes.active()?.name ?? "mode over");
  modes.onChange(keepQuiet);
  keepQuiet();

  const apply = (configuration: Configuration) => {
    channels = new Map(configuration.channels.map((c) => [c.id, c]));
    ({ timeZone, systemVolumeL } = configuration.tank);
    interlocks.configure(configuration);
    watches.configure(configuration);
    devices.apply(configuration);
    outputs.stagger.everybodyIsHere();
    modes.configure(configuration.modes);
    loops.configure(heldLoops.allowed(configuration.loops));
    around.configure(configuration);
    alarms.configure(alarmsIn(configuration));
    if (configuration.isAcquisitionRunning) acquisition.resume();
    else acquisition.pause();
  };
  return { acquisition, outputs, loops, heldLoops, modes, alarms, devices, apply };
}

function lastErrorOf(acquisition: Acquisition, deviceId: DeviceId): string {
  const poller = acquisition.state().pollers.find((p) => p.deviceId === deviceId && p.lastError !== null);
  return poller?.lastError ?? "The device does not answer.";
}
