import type { Permissive } from "#contract/guards.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { DoserConfig } from "#contract/loops.ts";
import { doseCaps, OPPOSING_APART_S } from "#domain/control/dose-caps.ts";
import type { Limit, RunLimits } from "#domain/outputs/run-limits.ts";
import type { Interlock } from "../ports.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { createPermissive } from "./permissive-interlock.ts";

const HOUR_S = 3_600;
const DAY_S = 86_400;

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
    forS: OPPOSING_APART_S,
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
  const { perDoseMl, perHourMl, perDayMl } = doseCaps(loop);
  const budgets: Limit[] = [
    { windowS: HOUR_S, unit: "mL", limit: perHourMl },
    { windowS: DAY_S, unit: "mL", limit: perDayMl },
  ];
  return { maxOnS: flowMlPerS === null ? null : perDoseMl / flowMlPerS, budgets };
}
