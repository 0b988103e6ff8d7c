import { every } from "../platform/timing.ts";
import type { Contestant } from "./contestants/contestant.ts";
import { HELD_VALUE } from "./contestants/held-value.ts";
import { ORACLE } from "./contestants/oracle.ts";
import { OurCore, type Told } from "./contestants/our-core.ts";
import { REEF_PI_RULES } from "./contestants/reef-pi-rules.ts";
import { type ControlLaw, Reference } from "./contestants/reference.ts";
import { House } from "./machine/house.ts";
import { paramsFor, survivalTank } from "./machine/survival-tank.ts";
import type { Moment } from "./moments.ts";
import type { RunFacts, Scenario } from "./scenario.ts";
import { Stage } from "./stage.ts";
import { type Lethal, TankLog } from "./tank-log.ts";

const DAY_S = 86_400;
/** A winter's day without a clock change near it. */
const START_MS = Date.UTC(2026, 0, 15);
const LOOK_MS = 10_000;
/** How often the safe state is looked for once it struck, and how long. */
const SAFE_LOOK_MS = 1_000;
const READY_WITHIN_S = 10 * 3_600;
/** The keeper carries water once a week. */
const REFILL_MS = 7 * DAY_S * 1_000;

export interface Play {
  readonly scenario: Scenario;
  readonly moment: Moment;
  readonly seed: number;
  readonly days: number;
}

/** How one run of one contestant went. */
export interface Played {
  readonly log: TankLog;
  readonly facts: RunFacts;
  readonly told: readonly Told[];
  readonly struckAtMs: number | null;
  readonly safeAfterS: number | null;
  /** The moment it waits for never came. */
  readonly isMomentMissed: boolean;
}

/** The real core's run. */
export function playOurs(play: Play): Promise<Played> {
  return played(play, (house) => {
    const configuration = survivalTank(play.moment.fittings, house, house.clock.nowMs());
    return new OurCore(house, configuration);
  });
}

export const REFERENCES = [HELD_VALUE, REEF_PI_RULES] as const;

/** The same run under a control law; nobody is told anything. */
export function playReference(play: Play, law: ControlLaw): Promise<Played> {
  return played(play, (house) => new Reference(law, house));
}

/** When even a controller that knows everything crosses each limit, s of the tank's own time. */
export async function limitsBeyondControl(play: Play): Promise<ReadonlyMap<Lethal, number>> {
  return (await playReference(play, ORACLE)).log.crossedAtS;
}

async function played(play: Play, build: (house: House) => Contestant): Promise<Played> {
  const { scenario, moment, seed, days } = play;
  const house = new House({
    params: { ...paramsFor(moment.fittings, seed), ...moment.params },
    startMs: scenario.startMs ?? START_MS + moment.startHour * 3_600_000,
  });
  const contestant = build(house);
  const stage = new Stage(house, contestant, { seed, lastsS: days * DAY_S });
  const log = new TankLog({ overflowL: scenario.bounds?.overflowL ?? 0 });
  const starts = countStarts(house);
  let safeAtMs: number | null = null;
  every(house.clock, LOOK_MS, () => {
    log.look(house.truth());
    starts.look();
  });
  const { isSafe } = scenario;
  const endLooking = every(house.clock, SAFE_LOOK_MS, () => {
    const isOurs = isSafe !== undefined && contestant instanceof OurCore;
    if (stage.struckAtMs === null && isOurs) return;
    if (isOurs && isSafe(house.truth(), stage)) safeAtMs = house.clock.monotonicMs();
    if (!isOurs || safeAtMs !== null) endLooking();
  });
  every(house.clock, REFILL_MS, () => house.tank.refillReservoir());

  callKeeper(stage, scenario.about);
  let isMomentMissed = false;
  if (moment.settleS > 0) {
    await contestant.start();
    await stage.pass(moment.settleS);
    const { awaits } = moment;
    if (awaits !== null) {
      const came = await stage.until(() => awaits(house), READY_WITHIN_S);
      isMomentMissed = !came;
    }
    await scenario.strike(stage);
  } else {
    await scenario.strike(stage);
    if (!contestant.isRunning) await contestant.start();
  }
  starts.reset();
  await stage.pass(stage.leftS);
  log.look(house.truth());
  contestant.kill();
  return {
    log,
    facts: { truth: house.truth(), starts: starts.counts, days },
    told: contestant instanceof OurCore ? contestant.told : [],
    struckAtMs: stage.struckAtMs,
    safeAfterS: since(safeAtMs, stage.struckAtMs),
    isMomentMissed,
  };
}

/** A night's sleep: how long a keeper takes who was told, ms. */
const KEEPER_MS = 8 * 3_600_000;
/** How long he stays and looks whether what he reset stays well, ms. */
const STAYS_MS = 900_000;
/** What nobody mends. */
const WEATHER: readonly string[] = ["heat-wave", "cold-snap"];

/** Once he was told of anything he comes, mends what is broken and resets what was latched; again for whatever comes after. */
function callKeeper(stage: Stage, about: readonly string[] | undefined): void {
  const { house, contestant } = stage;
  let sinceMs: number | null = null;
  let staysUntilMs = 0;
  every(house.clock, 60_000, () => {
    if (house.clock.monotonicMs() < staysUntilMs) void contestant.resetLatches();
    sinceMs ??= stage.struckAtMs;
    const toldAtMs = sinceMs === null ? null : contestant.toldSinceMs(sinceMs, about);
    const nowMs = house.clock.monotonicMs();
    if (toldAtMs === null || nowMs - toldAtMs < KEEPER_MS) return;
    sinceMs = nowMs;
    house.cure(...house.faultNames.filter((name) => !WEATHER.includes(name)));
    staysUntilMs = nowMs + STAYS_MS;
  });
}

function since(atMs: number | null, fromMs: number | null): number | null {
  return atMs === null || fromMs === null ? null : Math.round((atMs - fromMs) / 1_000);
}

/** How often a plug was switched on. */
function countStarts(house: House) {
  const keys = ["heater", "chiller", "top-off", "doser-alkalinity"] as const;
  const counts = new Map<string, number>();
  const was = new Map<string, boolean>();
  return {
    counts,
    reset: () => counts.clear(),
    look: () => {
      for (const key of keys) {
        const isOn = house.levelOf(key) > 0;
        if (isOn && was.get(key) === false) counts.set(key, (counts.get(key) ?? 0) + 1);
        was.set(key, isOn);
      }
    },
  };
}
