import { OUTPUT_KEYS, SENSOR_KEYS, TEMPERATURE_KEYS, WATER_PROBE_KEYS } from "./tank-keys.ts";

const PROBES = [...TEMPERATURE_KEYS, "ph", "orp", "salinity"];
const LEVELS = ["sump-level", "sump-float", "sump-high-float", "reservoir-level"];

/**
 * Every mishap the tank can be given, with the channels it may strike; the first is struck where none is named, and
 * an empty list strikes the tank or the device as a whole. Their exact effects: drivers/simulated-tank/README.md.
 */
export const FAULT_TARGETS = {
  "probe-vanishes": PROBES,
  "probe-reads-0": PROBES,
  "probe-reads-minus-1": PROBES,
  "probe-reads-85": TEMPERATURE_KEYS,
  "probe-reads-127-94": TEMPERATURE_KEYS,
  "probe-reads-minus-7-1": TEMPERATURE_KEYS,
  "one-sample-spike": PROBES,
  "eintr-bursts": SENSOR_KEYS,
  "slow-drift": PROBES,
  "probe-out-of-water": WATER_PROBE_KEYS,
  "ph-dead-flat": ["ph"],
  "calibration-visit": ["ph"],
  "heater-relay-stuck-on": ["heater"],
  "heater-relay-stuck-off": ["heater"],
  "heater-degraded": ["heater"],
  "plug-unreachable-1-min": OUTPUT_KEYS,
  "plug-unreachable-1-h": OUTPUT_KEYS,
  "plug-unreachable-for-good": OUTPUT_KEYS,
  "plug-toggled-by-hand": OUTPUT_KEYS,
  "cooler-dead": ["chiller"],
  "float-stuck-wet": LEVELS,
  "float-stuck-dry": LEVELS,
  "pump-dry": ["top-off"],
  siphon: ["top-off", "return-pump"],
  "reservoir-empty": [],
  "return-stopped": ["return-pump"],
  leak: [],
  "dose-pump-slow": ["doser-alkalinity"],
  "dose-pump-short": ["doser-alkalinity"],
  "dose-pump-running-on": ["doser-alkalinity"],
  "heat-wave": [],
  "cold-snap": [],
  hang: [...SENSOR_KEYS, ...OUTPUT_KEYS],
  unplugged: [],
} as const satisfies Record<string, readonly string[]>;

export type FaultName = keyof typeof FAULT_TARGETS;
export const FAULT_NAMES = Object.keys(FAULT_TARGETS) as readonly FaultName[];

/** A fault as asked for. */
export interface FaultRequest {
  readonly name: FaultName;
  /** The channel it strikes; left out: the fault's own first choice, or for `hang` every sensor. */
  readonly key?: string | undefined;
}

/** A fault at work. */
export interface ActiveFault {
  readonly name: FaultName;
  /** null: the tank or the device as a whole. */
  readonly key: string | null;
  /** When it struck, s of the tank's own time. */
  readonly sinceS: number;
}

/** A plug's absence from the network ends by itself after so long, s. */
const UNREACHABLE_S: Partial<Record<FaultName, number>> = {
  "plug-unreachable-1-min": 60,
  "plug-unreachable-1-h": 3_600,
  "plug-unreachable-for-good": Number.POSITIVE_INFINITY,
};

/** The channel a request strikes. */
function struckKey({ name, key }: FaultRequest): string | null {
  if (key !== undefined) return key;
  return name === "hang" ? null : (FAULT_TARGETS[name][0] ?? null);
}

/** What is at work from now on: faults that stay keep their beginning, new ones strike now. */
export function faultsFrom(
  requests: readonly FaultRequest[],
  { before, nowS }: { readonly before: readonly ActiveFault[]; readonly nowS: number },
): readonly ActiveFault[] {
  return requests.map((request) => {
    const key = struckKey(request);
    const standing = before.find((fault) => fault.name === request.name && fault.key === key);
    return standing ?? { name: request.name, key, sinceS: nowS };
  });
}

/** True while the plug of this output does not answer. */
export function isPlugUnreachable(faults: readonly ActiveFault[], key: string, nowS: number): boolean {
  return faults.some((fault) => fault.key === key && nowS - fault.sinceS < (UNREACHABLE_S[fault.name] ?? 0));
}

/** True where a read or a write of this channel never comes back. */
export function hangs(faults: readonly ActiveFault[], key: string, isSensor: boolean): boolean {
  return faults.some((fault) => fault.name === "hang" && (fault.key === key || (fault.key === null && isSensor)));
}

export function isUnplugged(faults: readonly ActiveFault[]): boolean {
  return faults.some((fault) => fault.name === "unplugged");
}
