import type { FaultDetail } from "#contract/errors.ts";
import type { DoserConfig } from "#contract/loops.ts";
import { bearableMl, MAX_DKH_PER_DAY, OPPOSING_APART_S, scheduledMl } from "#domain/control/dose-caps.ts";
import { opposingOf, spacingOf, turnMin } from "#domain/control/dose-plan.ts";
import type { Configuration } from "./ports.ts";

/** A shorter run than this is mostly the pump's own beginning and end, s. */
const SHORTEST_DOSE_S = 1;
const MINUTE_S = 60;

/** What is wrong with a doser besides its channels' kinds. */
export function doserMisfits(loop: DoserConfig, current: Configuration): readonly FaultDetail[] {
  const flowMlPerS = flowOf(loop, current);
  const timing = flowMlPerS === null ? [] : [...lengthMisfits(loop, flowMlPerS), ...turnMisfits(loop, current)];
  return [
    ...pumpMisfits(loop, flowMlPerS),
    ...capMisfits(loop, flowMlPerS),
    ...alkalinityMisfits(loop, current),
    ...timing,
  ];
}

function flowOf({ pumpChannelId }: DoserConfig, { channels }: Configuration): number | null {
  return channels.find(({ id }) => id === pumpChannelId)?.output?.equipment.flowMlPerS ?? null;
}

function pumpMisfits(loop: DoserConfig, flowMlPerS: number | null): readonly FaultDetail[] {
  const details: FaultDetail[] = [];
  if (flowMlPerS === null) {
    details.push({ field: "pumpChannelId", message: "its flow must be calibrated first (mL/s)" });
  }
  if (loop.opposingChannelIds.includes(loop.pumpChannelId)) {
    details.push({ field: "opposingChannelIds", message: "must be other pumps than its own" });
  }
  if (loop.phMin >= loop.phMax) details.push({ field: "phMin", message: "must be below phMax" });
  return details;
}

/** A cap on one dose leaves its pump room to end: a tenth more, and a quarter of a second at least. */
const DOSE_ROOM = 1.1;
const DOSE_ROOM_S = 0.25;

function capMisfits(loop: DoserConfig, flowMlPerS: number | null): readonly FaultDetail[] {
  const scheduled = scheduledMl(loop);
  const roomyMl = Math.max(scheduled.perDoseMl * DOSE_ROOM, scheduled.perDoseMl + (flowMlPerS ?? 0) * DOSE_ROOM_S);
  const caps = [
    ["maxMlPerDose", loop.maxMlPerDose, roomyMl, "one dose and a tenth"],
    ["maxMlPerHour", loop.maxMlPerHour, scheduled.perHourMl, "what an hour may hold"],
    ["maxMlPerDay", loop.maxMlPerDay, scheduled.perDayMl, "what 24 h may hold"],
  ] as const;
  const details: FaultDetail[] = caps.flatMap(([field, cap, neededMl, what]) =>
    cap !== null && cap < neededMl
      ? [{ field, message: `must be at least ${what}, ${rounded(neededMl)} mL` }]
      : [],
  );
  const neededMl = scheduled.perDoseMl;
  if (loop.containerMl !== null && loop.containerMl < neededMl) {
    details.push({ field: "containerMl", message: `must hold at least one dose, ${rounded(neededMl)} mL` });
  }
  return details;
}

/** All dosers together add no more alkalinity than corals bear. */
function alkalinityMisfits(loop: DoserConfig, { loops }: Configuration): readonly FaultDetail[] {
  const others = loops.filter((other): other is DoserConfig => other.type === "doser" && other.id !== loop.id);
  const dkhPerDay = [loop, ...others.filter(({ isEnabled }) => isEnabled)].reduce(
    (sum, doser) => sum + scheduledMl(doser).perDayMl * (doser.alkalinityDkhPerMl ?? 0),
    0,
  );
  const details: FaultDetail[] = [];
  if (loop.alkalinityDkhPerMl !== null && dkhPerDay > MAX_DKH_PER_DAY) {
    const message = `all dosers together would add up to ${rounded(dkhPerDay)} dKH in 24 h; ${MAX_DKH_PER_DAY} is the most corals bear`;
    details.push({ field: "mlPerDay", message });
  }
  const bearable = bearableMl(loop);
  if (loop.maxMlPerDay !== null && loop.maxMlPerDay > bearable) {
    const message = `must be at most ${rounded(bearable)} mL, ${MAX_DKH_PER_DAY} dKH`;
    details.push({ field: "maxMlPerDay", message });
  }
  return details;
}

function lengthMisfits(loop: DoserConfig, flowMlPerS: number): readonly FaultDetail[] {
  const doseS = scheduledMl(loop).perDoseMl / flowMlPerS;
  const spacingS = spacingOf(loop) * MINUTE_S;
  if (doseS < SHORTEST_DOSE_S) {
    return [
      { field: "dosesPerDay", message: `a dose would take ${rounded(doseS)} s; give fewer, of at least 1 s` },
    ];
  }
  if (doseS <= spacingS / 2) return [];
  return [
    {
      field: "mlPerDay",
      message: `a dose would take ${rounded(doseS)} s, with ${rounded(spacingS)} s to the next`,
    },
  ];
}

/** Parts that must not meet take turns, each half an hour after the other's end. */
function turnMisfits(loop: DoserConfig, current: Configuration): readonly FaultDetail[] {
  const dosers = current.loops.filter(
    (other): other is DoserConfig => other.type === "doser" && other.id !== loop.id && other.isEnabled,
  );
  const group = [loop, ...opposingOf(loop, dosers)];
  if (group.length === 1) return [];
  const longestS = Math.max(
    ...group.map((d) => scheduledMl(d).perDoseMl / (flowOf(d, current) ?? Number.POSITIVE_INFINITY)),
  );
  const neededMin = (OPPOSING_APART_S + longestS) / MINUTE_S;
  const freeMin = turnMin(group);
  if (freeMin >= neededMin) return [];
  const message = `parts that must not meet keep ${OPPOSING_APART_S / MINUTE_S} min apart: these would be ${rounded(freeMin)} min apart; give fewer doses`;
  return [{ field: "dosesPerDay", message }];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
