import type { AlarmEngine } from "../../alarms/alarm-engine.ts";
import { uniformAt } from "../../hardware/simulated/seeded-noise.ts";
import type { OurCore } from "../contestants/our-core.ts";
import type { House } from "../machine/house.ts";
import type { Incident } from "./incidents.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** By day he has looked at his telephone within this, at random. */
const SOONEST_MS = 2 * MINUTE_MS;
const LATEST_MS = 15 * MINUTE_MS;
/** Asleep he hears nothing, however often it is said; hours of UTC, a winter's night in Central Europe. */
const NIGHT = { fromHour: 22, untilHour: 6 };
const SLEEPS_MS = 8 * HOUR_MS;
const LUCK_STREAM = 815;

/** An incident as it went; instants on the monotonic scale. */
export interface Course {
  readonly incident: Incident;
  struckAtMs: number | null;
  acknowledgedAtMs: number | null;
  repairedAtMs: number | null;
}

interface KeeperDeps {
  readonly house: House;
  readonly core: OurCore;
  readonly alarms: AlarmEngine;
  readonly courses: readonly Course[];
  readonly seed: number;
}

/** Who has a tank and a life: he refills every week, answers alarms, mends what is broken, and resets what latched. */
export class MonthKeeper {
  readonly #deps: KeeperDeps;
  /** By alarm, when he will have seen it. */
  readonly #seesAtMs = new Map<string, number>();
  #draws = 0;
  #refilledAtMs = 0;
  #leakedL = 0;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  /** To be called every minute. */
  async look(): Promise<void> {
    const { house, courses } = this.#deps;
    const nowMs = house.clock.monotonicMs();
    for (const course of courses) this.#follow(course, nowMs);
    await this.#acknowledge(nowMs);
    await this.#reset();
    if (nowMs - this.#refilledAtMs >= WEEK_MS) await this.#refill(nowMs);
  }

  #follow(course: Course, nowMs: number): void {
    const { house } = this.#deps;
    const { incident } = course;
    if (course.struckAtMs === null && nowMs >= incident.strikesAtMs) {
      course.struckAtMs = nowMs;
      this.#leakedL = house.truth().leakedL;
      house.strike({ name: incident.fault, key: incident.key ?? undefined });
    }
    const { acknowledgedAtMs } = course;
    if (course.repairedAtMs !== null || acknowledgedAtMs === null) return;
    if (nowMs - acknowledgedAtMs < incident.repairTakesMs) return;
    course.repairedAtMs = nowMs;
    house.cure(incident.fault);
    if (incident.fault === "leak") house.tank.cleanUpAfterLeak(house.truth().leakedL - this.#leakedL);
  }

  async #acknowledge(nowMs: number): Promise<void> {
    const { alarms, courses } = this.#deps;
    for (const { definition } of alarms.standing()) {
      if (alarms.conditionOf(definition.id).memory.isAcknowledged) continue;
      const seesAtMs = this.#seesAtMs.get(definition.id) ?? nowMs + this.#waitMs();
      this.#seesAtMs.set(definition.id, seesAtMs);
      if (nowMs < seesAtMs) continue;
      this.#seesAtMs.delete(definition.id);
      await alarms.command(definition.id, { kind: "acknowledge", by: "keeper" });
      for (const course of courses) if (course.struckAtMs !== null) course.acknowledgedAtMs ??= nowMs;
    }
  }

  /** Nothing is reset while what tripped it is still broken. */
  async #reset(): Promise<void> {
    const { alarms, core, courses } = this.#deps;
    if (courses.some(({ struckAtMs, repairedAtMs }) => struckAtMs !== null && repairedAtMs === null)) return;
    await core.resetLatches();
    const latched = alarms.standing().filter(({ state }) => state === "latched");
    for (const { definition } of latched) await alarms.command(definition.id, { kind: "reset", by: "keeper" });
  }

  #waitMs(): number {
    const { house, seed } = this.#deps;
    const hour = new Date(house.clock.nowMs()).getUTCHours();
    if (hour >= NIGHT.fromHour || hour < NIGHT.untilHour) return SLEEPS_MS;
    const luck = uniformAt({ seed, stream: LUCK_STREAM }, this.#draws++);
    return SOONEST_MS + luck * (LATEST_MS - SOONEST_MS);
  }

  async #refill(nowMs: number): Promise<void> {
    const { house, core } = this.#deps;
    this.#refilledAtMs = nowMs;
    house.tank.refillReservoir();
    await core.refillContainers();
  }
}
