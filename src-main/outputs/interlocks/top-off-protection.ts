import type { OutputSettings } from "#contract/channels.ts";
import type { Permissive } from "#contract/guards.ts";
import type { TopOffConfig } from "#contract/loops.ts";
import type { RunLimits } from "#domain/outputs/run-limits.ts";
import { settingsOf } from "../output-channel.ts";
import type { Interlock, LearnedFigures } from "../ports.ts";
import type { InterlockParts } from "./interlock-parts.ts";
import { createPermissive } from "./permissive-interlock.ts";
import { createSensorInterlock, type SensorRule } from "./sensor-interlock.ts";

/** The return must run so long before the sump's level says anything, s. */
const RETURN_SETTLES_S = 60;
/** A reservoir below this is empty, %. A float says 0 or 1 instead. */
const EMPTY_PCT = 2;
const FLOAT_WET = 1;
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
    ...sensorRules(loop).map((rule) => createSensorInterlock({ channelId, ...rule }, parts)),
    { channelId, blocked: () => null, limits: () => limitsOf(loop, parts, facts) },
  ];
}

function sensorRules(loop: TopOffConfig): readonly Omit<SensorRule, "channelId">[] {
  const level = {
    sensorChannelId: loop.levelChannelId,
    words: "good and fresh",
    holds: () => true,
    code: "level",
  };
  const rules: Omit<SensorRule, "channelId">[] = [level];
  if (loop.reservoirChannelId !== null)
    rules.push({
      sensorChannelId: loop.reservoirChannelId,
      words: "not empty",
      holds: isFilled,
      code: "reservoir-empty",
    });
  if (loop.highLevelChannelId !== null) {
    const fault = { code: "high-level", guardsFault: "high-level" };
    rules.push({ sensorChannelId: loop.highLevelChannelId, words: "dry", holds: isDry, ...fault });
  }
  for (const sensorChannelId of loop.leakChannelIds)
    rules.push({ sensorChannelId, words: "dry", holds: isDry, code: "leak" });
  return rules;
}

function isFilled(value: number): boolean {
  return value >= EMPTY_PCT || value === FLOAT_WET;
}

function isDry(value: number): boolean {
  return value < WET_ABOVE;
}

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
