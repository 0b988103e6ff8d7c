import type { AlarmKind, AlarmPriority } from "#contract/alarms.ts";
import type { Quantity } from "#contract/quantities.ts";

/** What is wrong, as far as an ear can tell it apart. */
export type AlarmCause = "temperature" | "water" | "chemistry" | "equipment" | "probe" | "controller";

export interface Note {
  readonly atS: number;
  readonly durationS: number;
  readonly hz: number;
}

export interface Melody {
  readonly notes: readonly Note[];
  /** From its beginning to its next one, s. */
  readonly everyS: number;
}

/** Semitones above the ground tone: rising for heat, falling for water, two that swing for equipment, and so on. */
const FIGURES: Readonly<Record<AlarmCause, readonly number[]>> = {
  temperature: [0, 4, 7],
  water: [12, 7, 0],
  chemistry: [0, 3, 0],
  equipment: [7, 0, 7],
  probe: [5, 5, 0],
  controller: [0, 0, 12],
};

/** Within what a small loudspeaker gives and an old ear hears (IEC 60601-1-8 asks for a ground tone of 150 to 1000 Hz). */
const GROUND_HZ = 523.25;
const SEMITONES = 12;

/** Faster and oftener is more urgent; critical says its figure twice. A low one makes no sound. */
const TEMPO: Readonly<Record<AlarmPriority, { stepS: number; times: number; everyS: number } | null>> = {
  critical: { stepS: 0.16, times: 2, everyS: 6 },
  high: { stepS: 0.2, times: 1, everyS: 12 },
  medium: { stepS: 0.32, times: 1, everyS: 30 },
  low: null,
};
const SOUNDING_FRACTION = 0.8;
/** Between a figure and its repetition, in steps. */
const REST_STEPS = 2;

export function causeOf(kind: AlarmKind, quantity: Quantity | null): AlarmCause {
  switch (kind) {
    case "stale":
    case "bad-measurement":
    case "discrepancy":
      return "probe";
    case "output-fault":
    case "loop-warning":
    case "drift":
      return "equipment";
    case "controller":
      return "controller";
    default:
      return causeOfQuantity(quantity);
  }
}

function causeOfQuantity(quantity: Quantity | null): AlarmCause {
  switch (quantity) {
    case "leak":
    case "level":
    case "flow":
      return "water";
    case "ph":
    case "orp":
    case "salinity":
    case "conductivity":
    case "dissolved-oxygen":
      return "chemistry";
    case "temperature":
      return "temperature";
    case "controller-temperature":
      return "controller";
    default:
      return "equipment";
  }
}

/** @returns null: it is not to be heard */
export function melodyOf(priority: AlarmPriority, cause: AlarmCause): Melody | null {
  const tempo = TEMPO[priority];
  if (tempo === null) return null;
  const { stepS, times, everyS } = tempo;
  const figure = FIGURES[cause];
  const notes = Array.from({ length: times }, (_, time) =>
    figure.map((semitones, step) => ({
      atS: (time * (figure.length + REST_STEPS) + step) * stepS,
      durationS: stepS * SOUNDING_FRACTION,
      hz: GROUND_HZ * 2 ** (semitones / SEMITONES),
    })),
  ).flat();
  return { notes, everyS };
}
