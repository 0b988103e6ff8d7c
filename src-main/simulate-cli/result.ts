import { firstTold, type Told } from "./contestants/our-core.ts";
import { limitsBeyondControl, type Play, type Played, playOurs, playReference, REFERENCES } from "./run-moment.ts";
import type { Scenario } from "./scenario.ts";
import { LETHAL, type Lethal, type TankExtremes } from "./tank-log.ts";

/** A run of the thing compared with. */
export interface ReferenceResult extends TankExtremes {
  readonly name: string;
  readonly survived: boolean;
  readonly notes: string;
}

/** One moment of one fault. */
export interface MomentResult extends TankExtremes {
  readonly moment: string;
  readonly survived: boolean;
  /** From the strike to the first alarm that was raised of it, s; null: none. */
  readonly alarmAfterS: number | null;
  readonly safeStateAfterS: number | null;
  readonly notes: string;
  readonly references: readonly ReferenceResult[];
}

/** One fault: the worst of its moments, and each of them. */
export interface ScenarioResult extends TankExtremes {
  readonly fault: string;
  readonly survived: boolean;
  readonly alarmAfterS: number | null;
  readonly safeStateAfterS: number | null;
  readonly notes: string;
  readonly references: readonly ReferenceResult[];
  readonly moments: readonly MomentResult[];
}

/** A bound of a moment judged by the oracle may be met this much later by us. */
const ORACLE_SLACK_FRACTION = 0.9;

const SAID: Readonly<Record<Lethal, string>> = {
  minC: `below ${LETHAL.minC} °C`,
  maxC: `above ${LETHAL.maxC} °C`,
  minPpt: `below ${LETHAL.minPpt} ppt`,
  maxPpt: `above ${LETHAL.maxPpt} ppt`,
  dkhPerDay: `more than ${LETHAL.dkhPerDay} dKH in a day`,
  overflowL: "ran over",
  returnAbsentS: "return absent for more than two hours",
};

/** Plays one moment of one fault, ours and what it is compared with. */
export async function resultOf(play: Play): Promise<MomentResult> {
  const { scenario, moment } = play;
  const ours = await playOurs(play);
  const told = toldOf(ours, scenario);
  const alarmAfterS = told === null ? null : round((told.atMs - (ours.struckAtMs ?? 0)) / 1_000, 0);
  const losses = await lossesOf(play, ours);
  const failures = [
    ...losses,
    ...(scenario.demands?.(ours.facts) ?? []),
    ...lateness(alarmAfterS, { scenario, ours, play }),
  ];
  const notes = [
    ...failures,
    ...(ours.isMomentMissed ? [`the moment ${moment.name} never came: struck ten hours later`] : []),
    ...(told === null ? [] : [`alarm: ${told.text}`]),
    ...(scenario.note === undefined ? [] : [scenario.note]),
  ];
  const references = [];
  for (const law of REFERENCES) {
    const { log } = await playReference(play, law);
    references.push({ name: law.name, ...referenceOf(log, scenario) });
  }
  return {
    moment: moment.name,
    survived: failures.length === 0,
    ...rounded(ours.log.extremes),
    alarmAfterS,
    safeStateAfterS: ours.safeAfterS,
    notes: notes.join("; "),
    references,
  };
}

function referenceOf(log: Played["log"], scenario: Scenario): Omit<ReferenceResult, "name"> {
  const crossed = [...log.crossedAtS.keys()].filter((limit) => !isExcused(limit, scenario));
  return {
    survived: crossed.length === 0,
    ...rounded(log.extremes),
    notes: crossed.map((limit) => SAID[limit]).join("; "),
  };
}

/** The worst of its moments. */
export function scenarioResult(fault: string, moments: readonly MomentResult[]): ScenarioResult {
  const said = moments.map((m) => m.alarmAfterS);
  const safe = moments.map((m) => m.safeStateAfterS).filter((s) => s !== null);
  const names = [...new Set(moments.flatMap((m) => m.references.map(({ name }) => name)))];
  const notes = new Set(moments.flatMap((m) => (m.notes === "" ? [] : m.notes.split("; "))));
  return {
    fault,
    survived: moments.every((m) => m.survived),
    ...worstOf(moments),
    alarmAfterS: said.some((s) => s === null) ? firstOf(said) : Math.max(...said.filter((s) => s !== null)),
    safeStateAfterS: safe.length === 0 ? null : Math.max(...safe),
    notes: [...notes].join("; "),
    references: names.map((name) => {
      const runs = moments.flatMap((m) => m.references.filter((r) => r.name === name));
      return {
        name,
        survived: runs.every((r) => r.survived),
        ...worstOf(runs),
        notes: [...new Set(runs.flatMap((r) => (r.notes === "" ? [] : r.notes.split("; "))))].join("; "),
      };
    }),
    moments,
  };
}

/** Told in some moments and not in others: what was said at all. */
function firstOf(said: readonly (number | null)[]): number | null {
  const there = said.filter((s) => s !== null);
  return there.length === 0 ? null : Math.max(...there);
}

function worstOf(runs: readonly TankExtremes[]): TankExtremes {
  const most = (pick: (run: TankExtremes) => number) => Math.max(...runs.map(pick));
  const least = (pick: (run: TankExtremes) => number) => Math.min(...runs.map(pick));
  return {
    minC: least((r) => r.minC),
    maxC: most((r) => r.maxC),
    minPpt: least((r) => r.minPpt),
    maxPpt: most((r) => r.maxPpt),
    overflowL: most((r) => r.overflowL),
    maxDkhPerDay: most((r) => r.maxDkhPerDay),
    returnAbsentS: most((r) => r.returnAbsentS),
  };
}

/** The first thing said of it: by a channel it is about, where it is about some. */
function toldOf({ told, struckAtMs }: Played, { about }: Scenario): Told | null {
  if (struckAtMs === null) return null;
  return firstTold(told, struckAtMs, about);
}

function isExcused(limit: Lethal, { bounds }: Scenario): boolean {
  return limit === "returnAbsentS" && bounds?.isReturnGone === true;
}

/** Every lethal limit that was crossed although a controller could have prevented it. */
async function lossesOf(play: Play, { log }: Played): Promise<readonly string[]> {
  const crossed = [...log.crossedAtS].filter(([limit]) => !isExcused(limit, play.scenario));
  if (crossed.length === 0) return [];
  const beyond = await limitsBeyondControl(play);
  return crossed.flatMap(([limit, atS]) => {
    const oracleAtS = beyond.get(limit);
    const isBeyond = oracleAtS !== undefined && atS >= ORACLE_SLACK_FRACTION * oracleAtS;
    return isBeyond ? [] : [`${SAID[limit]} after ${round(atS / 3_600, 1)} h`];
  });
}

function lateness(
  alarmAfterS: number | null,
  { scenario, ours, play }: { readonly scenario: Scenario; readonly ours: Played; readonly play: Play },
): readonly string[] {
  const { alarmWithinS } = scenario;
  if (alarmWithinS === null) return [];
  if (alarmAfterS !== null) {
    return alarmAfterS <= alarmWithinS ? [] : [`told after ${alarmAfterS} s, due within ${alarmWithinS} s`];
  }
  const leftS = play.days * 86_400 - (ours.struckAtMs ?? 0) / 1_000;
  return leftS < alarmWithinS ? [] : [`nobody was told, due within ${alarmWithinS} s`];
}

function rounded(extremes: TankExtremes): TankExtremes {
  return {
    minC: round(extremes.minC, 2),
    maxC: round(extremes.maxC, 2),
    minPpt: round(extremes.minPpt, 2),
    maxPpt: round(extremes.maxPpt, 2),
    overflowL: round(extremes.overflowL, 2),
    maxDkhPerDay: round(extremes.maxDkhPerDay, 2),
    returnAbsentS: round(extremes.returnAbsentS, 0),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
