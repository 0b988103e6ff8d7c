import type { Permissive } from "#contract/guards.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { DoserConfig } from "#contract/loops.ts";
import type { Limit, RunLimits } from "#domain/outputs/run-limits.ts";
import type { Interlock } from "../ports.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { createPermissive } from "./permissive-interlock.ts";

/** Two parts that meet undiluted precipitate: so long apart, s. */
const APART_S = 1_800;
/** Where no cap was set, this much of what is scheduled. */
const MARGIN = 1.5;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const MIN_PER_DAY = 1_440;

/** What must hold for a doser to dose, and how much it may, from its loop's configuration and its opponents'. */
export function doserProtections(
  loop: DoserConfig,
  dosers: readonly DoserConfig[],
  parts: InterlockParts,
): readonly Interlock[] {
  const channelId = loop.pumpChannelId;
  const permissives: Permissive[] = opponentsOf(loop, dosers).map((id) => ({
    kind: "output-off",
    channelId: id,
    forS: APART_S,
  }));
  if (loop.returnPumpChannelId !== null)
    permissives.push({ kind: "output-on", channelId: loop.returnPumpChannelId, forS: 0 });
  if (loop.phChannelId !== null)
    permissives.push({ kind: "sensor", channelId: loop.phChannelId, min: loop.phMin, max: loop.phMax });
  const limits = () => limitsOf(loop, parts.channelOf(channelId)?.output?.equipment.flowMlPerS ?? null);
  return [
    ...permissives.map((permissive) => createPermissive(channelId, permissive, parts)),
    { channelId, blocked: () => null, limits },
  ];
}

/** Those it names and those that name it: chemistry knows no direction. */
function opponentsOf(loop: DoserConfig, dosers: readonly DoserConfig[]): readonly ChannelId[] {
  const naming = dosers.filter((other) => other.opposingChannelIds.includes(loop.pumpChannelId));
  const all = new Set([...loop.opposingChannelIds, ...naming.map(({ pumpChannelId }) => pumpChannelId)]);
  all.delete(loop.pumpChannelId);
  return [...all];
}

/** Caps below everybody: per dose, hour and day. */
function limitsOf(loop: DoserConfig, flowMlPerS: number | null): RunLimits {
  const doseMl = loop.mlPerDay / loop.dosesPerDay;
  const perHour = loop.maxMlPerHour ?? MARGIN * doseMl * dosesInAnHour(loop);
  const perDay = loop.maxMlPerDay ?? MARGIN * loop.mlPerDay;
  const budgets: Limit[] = [
    { windowS: HOUR_S, unit: "mL", limit: perHour },
    { windowS: DAY_S, unit: "mL", limit: perDay },
  ];
  const maxMl = loop.maxMlPerDose ?? MARGIN * doseMl;
  return { maxOnS: flowMlPerS === null ? null : maxMl / flowMlPerS, budgets };
}

/** At most so many fall into any hour. */
function dosesInAnHour({ dosesPerDay, dosesFrom, dosesTo }: DoserConfig): number {
  const spanMin = (minuteOf(dosesTo) - minuteOf(dosesFrom) + MIN_PER_DAY) % MIN_PER_DAY || MIN_PER_DAY;
  return Math.min(dosesPerDay, Math.floor((60 * dosesPerDay) / spanMin) + 1);
}

function minuteOf(timeOfDay: string): number {
  const [hours = 0, minutes = 0] = timeOfDay.split(":").map(Number);
  return hours * 60 + minutes;
}
