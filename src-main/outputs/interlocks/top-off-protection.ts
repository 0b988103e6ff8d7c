import type { OutputSettings } from "#contract/channels.ts";
import type { Permissive } from "#contract/guards.ts";
import type { TopOffConfig } from "#contract/loops.ts";
import { isReservoirEmpty } from "#domain/control/reservoir-watch.ts";
import type { RunLimits } from "#domain/outputs/run-limits.ts";
import { settingsOf } from "../output-channel.ts";
import type { Interlock, LearnedFigures } from "../ports.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { createPermissive } from "./permissive-interlock.ts";
import { createSensorInterlock, type SensorRule } from "./sensor-interlock.ts";

/** The return must run so long before the sump's level says anything, s. */
const RETURN_SETTLES_S = 60;
const WET_ABOVE = 0.5;
const DAY_S = 86_400;
/** Until a week is known, no more than this share of the system's volume in a day: evaporation is 2 to 4 %. */
const UNLEARNED_FRACTION = 0.05;
const LEARNED_MARGIN = 2;

export interface TankFacts {
  readonly learned: LearnedFigures;
  /** All the water that turns over, L; null: not said. */
  readonly systemVolumeL: () => number | null;
}

/** What must hold for a top-off to pump, and how much it may, from its loop's configuration. */
export function topOffProtections(
  loop: TopOffConfig,
  parts: InterlockParts,
  facts: TankFacts,
): readonly Interlock[] {
  const channelId = loop.pumpChannelId;
  const permissives: Permissive[] = [{ kind: "no-mode", modes: ["feed", "water-change"] }];
  if (loop.returnPumpChannelId !== null)
    permissives.push({ kind: "output-on", channelId: loop.returnPumpChannelId, forS: RETURN_SETTLES_S });
  return [
    ...permissives.map((permissive) => createPermissive(channelId, permissive, parts)),
    ...sensorRules(loop, parts).map((rule) => createSensorInterlock({ channelId, ...rule }, parts)),
    { channelId, blocked: () => null, limits: () => limitsOf(loop, parts, facts) },
  ];
}

function sensorRules(loop: TopOffConfig, { channelOf }: InterlockParts): readonly Omit<SensorRule, "channelId">[] {
  const level = {
    sensorChannelId: loop.levelChannelId,
    words: "good and fresh",
    holds: () => true,
    code: "level",
  };
  const { reservoirChannelId, reservoirEmptyBelowPct: emptyBelowPct } = loop;
  const gauge = () => ({ unit: (reservoirChannelId && channelOf(reservoirChannelId)?.unit) ?? "", emptyBelowPct });
  const rules: Omit<SensorRule, "channelId">[] = [level];
  if (reservoirChannelId !== null)
    rules.push({
      sensorChannelId: reservoirChannelId,
      words: "not empty",
      holds: (value) => !isReservoirEmpty(value, gauge()),
      code: "reservoir-empty",
    });
  if (loop.highLevelChannelId !== null) {
    const fault = { code: "high-level", guardsFault: "high-level" };
    rules.push({ sensorChannelId: loop.highLevelChannelId, ...DRY, ...fault });
  }
  for (const sensorChannelId of loop.leakChannelIds) rules.push({ sensorChannelId, ...DRY, code: "leak" });
  return rules;
}

/** What a float switch that must not be reached, and what a leak detector has to be. */
const DRY = { words: "dry", otherwise: "wet", holds: (value: number) => value < WET_ABOVE };

/** The learned day and fill, doubled; what the keeper set himself stands instead of the day. */
function limitsOf({ pumpChannelId }: TopOffConfig, { channelOf }: InterlockParts, facts: TankFacts): RunLimits {
  const { learned, systemVolumeL } = facts;
  const fillS = learned.topOffFillS(pumpChannelId);
  const maxOnS = fillS === null ? null : fillS * LEARNED_MARGIN;
  const channel = channelOf(pumpChannelId);
  if (channel === null || hasOwnDay(settingsOf(channel))) return { maxOnS };
  const daySec = learned.topOffSPerDay(pumpChannelId);
  if (daySec !== null) return { maxOnS, budgets: [{ windowS: DAY_S, unit: "s", limit: daySec * LEARNED_MARGIN }] };
  const volumeL = systemVolumeL();
  if (volumeL === null) return { maxOnS };
  return { maxOnS, budgets: [{ windowS: DAY_S, unit: "mL", limit: volumeL * 1_000 * UNLEARNED_FRACTION }] };
}

function hasOwnDay({ guards }: OutputSettings): boolean {
  return guards.budgetS.perDay !== null || guards.budgetMl.perDay !== null;
}
