import type { Sample } from "../ports.ts";
import type { ActiveFault, FaultName } from "./faults.ts";
import { type ProbeMoment, probeValue, rounded, spikeOf } from "./probes.ts";
import { uniformAt } from "./seeded-noise.ts";
import type { SensorKey } from "./tank-keys.ts";

/** Numbers a DS18B20 is known to say instead of a temperature: as its driver would hand them on, without a judgement. */
const FLAT_VALUES: Partial<Record<FaultName, number>> = {
  "probe-reads-0": 0,
  "probe-reads-minus-1": -1,
  "probe-reads-85": 85,
  "probe-reads-127-94": 127.94,
  "probe-reads-minus-7-1": -7.1,
  "float-stuck-wet": 100,
  "float-stuck-dry": 0,
};
const FLOATS: readonly SensorKey[] = ["sump-float", "sump-high-float"];
/** Bursts of interrupted reads: the first 20 s of every minute. */
const EINTR_PERIOD_S = 60;
const EINTR_BURST_S = 20;
/** A dead pH probe's flat value lies between these. */
const DEAD_PH = [3, 5] as const;
/** A visit to the calibration cups: five minutes in pH 7, five in pH 10, then back into the tank. */
const CUP_S = 300;
const CUP_PH = [7, 10];
const DEAD_STREAM = 77;

interface Distortion {
  readonly fault: ActiveFault;
  readonly key: SensorKey;
  readonly healthy: number;
  readonly moment: ProbeMoment;
}

/** What this sensor says, given its healthy value and the faults that strike it. */
export function distorted(key: SensorKey, healthy: number, moment: ProbeMoment): Sample {
  for (const fault of moment.faults) {
    const said = fault.key === key ? saidUnder({ fault, key, healthy, moment }) : null;
    if (said !== null) return said;
  }
  return { value: healthy };
}

function saidUnder(distortion: Distortion): Sample | null {
  const { fault, moment } = distortion;
  const sinceS = moment.atS - fault.sinceS;
  switch (fault.name) {
    case "probe-vanishes":
      return { fault: "comm", message: "the probe is not on its bus: check its plug and cable" };
    case "eintr-bursts":
      return sinceS % EINTR_PERIOD_S < EINTR_BURST_S
        ? { fault: "comm", message: "EINTR: the read was interrupted" }
        : null;
    case "ph-dead-flat":
      return { value: rounded(DEAD_PH[0] + 2 * uniformAt({ seed: moment.seed, stream: DEAD_STREAM }, 0), 0.001) };
    case "calibration-visit":
      return inTheCup(distortion, CUP_PH[Math.floor(sinceS / CUP_S)]);
    default:
      return flat(FLAT_VALUES[fault.name], distortion.key);
  }
}

function inTheCup({ key, moment }: Distortion, bufferPh: number | undefined): Sample | null {
  return bufferPh === undefined ? null : { value: probeValue(key, bufferPh, moment) };
}

/** A float says 1 where a gauge says 100 %. */
function flat(value: number | undefined, key: SensorKey): Sample | null {
  if (value === undefined) return null;
  return { value: value === 100 && FLOATS.includes(key) ? 1 : value };
}

/** A spike's value: once, far off in one sample. */
export function spiked(key: SensorKey, healthy: number): Sample {
  return { value: rounded(healthy + spikeOf(key), 0.0001) };
}
