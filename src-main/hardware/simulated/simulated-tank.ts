import type { Sample } from "../ports.ts";
import { phOf } from "./chemistry.ts";
import { distorted, spiked } from "./distortions.ts";
import {
  ALL_OFF,
  afterDrops,
  doserPowerW,
  drivesAt,
  heaterPowerW,
  type Moment,
  nextDropS,
  type Plugs,
  timedLampPct,
} from "./equipment.ts";
import { type ActiveFault, type FaultRequest, faultsFrom } from "./faults.ts";
import { floatState, leakState, meteredW, reservoirLevelPct, returnFlowLPerH, sumpLevelPct } from "./gauges.ts";
import { probeValue } from "./probes.ts";
import { isOutputKey, type OutputKey, type SensorKey } from "./tank-keys.ts";
import { roomC, stepTank, type TankSurroundings } from "./tank-model.ts";
import { geometryFrom, type TankSettings, type WeatherSettings } from "./tank-settings.ts";
import { salinityOf, startState, type TankState } from "./tank-state.ts";
import { roomTemperatureC } from "./weather.ts";

/** Physics goes in steps of this, s; after a long pause in at most so many, each at most a minute. */
const STEP_S = 1;
const MAX_STEPS = 7_200;
const LONGEST_STEP_S = 60;

/** How the tank really is, which no controller sees. */
export interface TankTruth {
  readonly elapsedS: number;
  readonly displayC: number;
  readonly sumpC: number;
  readonly roomC: number;
  readonly ph: number;
  readonly orpMv: number;
  readonly salinityPpt: number;
  readonly alkalinityDkh: number;
  readonly calciumMgPerL: number;
  /** Totals since the tank was set up. */
  readonly addedAlkalinityDkh: number;
  readonly dosedMl: number;
  readonly overflowL: number;
  readonly leakedL: number;
  readonly displayL: number;
  readonly sumpL: number;
  readonly reservoirL: number;
  readonly returnLPerH: number;
  readonly heaterW: number;
}

interface TankStart {
  readonly settings: TankSettings;
  readonly faults: readonly FaultRequest[];
  /** Both of the moment the tank is set up. */
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** A tank that answers: water, equipment and probes, and the mishaps it was given. Time passes when it is told so. */
export class SimulatedTank {
  #around: TankSurroundings;
  #state: TankState;
  #plugs: Plugs = ALL_OFF;
  #nextDropS = Number.POSITIVE_INFINITY;
  #faults: readonly ActiveFault[] = [];
  #spikesShown = new WeakSet<ActiveFault>();
  #hasMains = true;
  #atMonotonicMs: number;

  constructor({ settings, faults, wallMs, monotonicMs }: TankStart) {
    const geometry = geometryFrom(settings);
    const startWallS = wallMs / 1_000;
    this.#around = { settings, geometry, startWallS, dryProbes: new Set() };
    this.#state = startState(settings, geometry, roomTemperatureC(settings.weather, settings.seed, startWallS));
    this.#atMonotonicMs = monotonicMs;
    this.setFaults(faults);
  }

  get faults(): readonly ActiveFault[] {
    return this.#faults;
  }

  /** The tank's own time, s since it was set up. */
  get nowS(): number {
    return this.#state.elapsedS;
  }

  /** Lets time pass up to this moment of the monotonic scale. */
  advanceTo(monotonicMs: number): void {
    while (this.#atMonotonicMs + (this.#nextDropS - this.nowS) * 1_000 <= monotonicMs) {
      this.#pass(this.#atMonotonicMs + (this.#nextDropS - this.nowS) * 1_000);
      // Steps add up to the drop's own second but for a rounding error.
      this.#plugs = afterDrops(this.#plugs, Math.max(this.nowS, this.#nextDropS));
      this.#nextDropS = nextDropS(this.#plugs);
    }
    this.#pass(monotonicMs);
  }

  #pass(monotonicMs: number): void {
    const passedS = (monotonicMs - this.#atMonotonicMs) / 1_000;
    if (passedS <= 0) return;
    const longestS = Math.min(Math.max(STEP_S, passedS / MAX_STEPS), LONGEST_STEP_S);
    const steps = Math.ceil(passedS / longestS);
    const dtS = passedS / steps;
    for (let i = 0; i < steps; i++) {
      const moment = this.#moment();
      this.#state = stepTank(this.#state, drivesAt(moment, this.#around), { around: this.#around, dtS });
    }
    this.#atMonotonicMs = monotonicMs;
  }

  /** @param leaseS the plug drops its load by itself after so long unless it is told again; null: it does not */
  setOutput(key: OutputKey, levelPct: number, leaseS: number | null = null): void {
    const before = this.#plugs[key];
    const dropsAtS = leaseS === null || levelPct === 0 ? null : this.nowS + leaseS;
    const isSame = before.levelPct === levelPct && before.changedAtS !== null;
    if (isSame && before.dropsAtS === dropsAtS) return;
    const changedAtS = isSame ? before.changedAtS : this.nowS;
    this.#plugs = { ...this.#plugs, [key]: { levelPct, changedAtS, dropsAtS } };
    this.#nextDropS = nextDropS(this.#plugs);
  }

  /** What the plug says of itself, %; a lamp nobody has commanded yet, where its own timer has it, in whole %. */
  levelOf(key: OutputKey): number {
    const { levelPct, changedAtS } = this.#plugs[key];
    if (key !== "light" || changedAtS !== null) return levelPct;
    return timedLampPct(this.#around.startWallS + this.nowS);
  }

  /** Faults that stay go on; new ones strike now; those left out end now. */
  setFaults(requests: readonly FaultRequest[]): void {
    const before = this.#faults;
    this.#faults = faultsFrom(requests, { before, nowS: this.nowS });
    const hasBegun = (fault: ActiveFault) => !before.includes(fault);
    for (const fault of this.#faults.filter(hasBegun)) this.#strike(fault);
    if (before.some((fault) => fault.name === "reservoir-empty" && !this.#faults.includes(fault)))
      this.#fillReservoir(1);
    const dry = this.#faults
      .filter((fault) => fault.name === "probe-out-of-water")
      .map((fault) => fault.key ?? "");
    this.#around = { ...this.#around, dryProbes: new Set(dry) };
  }

  /** The house's power goes, or comes back; relays come back as they were, as most plugs do. */
  setMains(hasMains: boolean): void {
    this.#hasMains = hasMains;
  }

  /** Somebody carries water: the reservoir is full again. */
  refillReservoir(): void {
    this.#fillReservoir(1);
  }

  /** Somebody dries the floor and pours back so much salt water, L, as salty as the tank's own. */
  cleanUpAfterLeak(pouredL: number): void {
    const { water } = this.#state;
    const saltPptL = water.saltPptL + pouredL * salinityOf(water);
    const poured = { ...water, floorL: 0, sumpL: water.sumpL + pouredL, saltPptL };
    this.#state = { ...this.#state, water: poured };
  }

  setWeather(weather: WeatherSettings): void {
    this.#around = { ...this.#around, settings: { ...this.#around.settings, weather } };
  }

  /** One sample of a sensor, now. */
  read(key: SensorKey): Sample {
    const moment = {
      seed: this.#around.settings.seed,
      resolutionBits: this.#around.settings.resolutionBits,
      atS: this.nowS,
      faults: this.#faults,
    };
    const healthy = probeValue(key, this.#element(key), moment);
    const spike = this.#faults.find((fault) => fault.name === "one-sample-spike" && fault.key === key);
    if (spike === undefined || this.#spikesShown.has(spike)) return distorted(key, healthy, moment);
    this.#spikesShown.add(spike);
    return spiked(key, healthy);
  }

  truth(): TankTruth {
    const { water, heat, chemistry, elapsedS } = this.#state;
    return {
      elapsedS,
      displayC: heat.displayC,
      sumpC: heat.sumpC,
      roomC: roomC(this.#state, this.#around),
      ph: phOf(chemistry),
      orpMv: chemistry.orpMv,
      salinityPpt: salinityOf(water),
      alkalinityDkh: chemistry.alkalinityDkh,
      calciumMgPerL: chemistry.calciumMgPerL,
      addedAlkalinityDkh: chemistry.addedAlkalinityDkh,
      dosedMl: chemistry.dosedMl,
      overflowL: water.overflowL,
      leakedL: water.leakedL,
      displayL: water.displayL,
      sumpL: water.sumpL,
      reservoirL: water.reservoirL,
      returnLPerH: water.returnLPerS * 3_600,
      heaterW: this.#heaterW(),
    };
  }

  /** What the sensing element stands at. */
  #element(key: SensorKey): number {
    const { probes, water } = this.#state;
    const gauge = { seed: this.#around.settings.seed, atS: this.nowS };
    switch (key) {
      case "display-temperature":
        return probes.displayC;
      case "sump-temperature":
        return probes.sumpC;
      case "room-temperature":
        return probes.roomC;
      case "ph":
        return probes.ph;
      case "orp":
        return probes.orpMv;
      case "salinity":
        return probes.salinityPpt;
      case "sump-level":
        return sumpLevelPct(water, this.#around.geometry, gauge);
      case "sump-float":
      case "sump-high-float":
        return floatState(key, sumpLevelPct(water, this.#around.geometry, gauge));
      case "reservoir-level":
        return reservoirLevelPct(water, this.#around.geometry, gauge);
      case "leak":
        return leakState(water);
      case "return-flow":
        return returnFlowLPerH(water, gauge);
      case "heater-power":
        return meteredW(this.#heaterW(), gauge);
      case "doser-power":
        return meteredW(doserPowerW(this.#moment()), gauge);
    }
  }

  #heaterW(): number {
    return heaterPowerW(this.#moment(), this.#around.settings);
  }

  #moment(): Moment {
    return {
      plugs: this.#plugs,
      faults: this.#faults,
      atS: this.#state.elapsedS,
      hasMains: this.#hasMains,
    };
  }

  /** What a fault does once, when it begins. */
  #strike({ name, key }: ActiveFault): void {
    if (name === "reservoir-empty") this.#fillReservoir(0);
    if (name === "plug-toggled-by-hand" && key !== null && isOutputKey(key)) {
      this.setOutput(key, this.#plugs[key].levelPct > 0 ? 0 : 100);
    }
  }

  #fillReservoir(fraction: number): void {
    const reservoirL = this.#around.geometry.reservoirCapacityL * fraction;
    this.#state = { ...this.#state, water: { ...this.#state.water, reservoirL } };
  }
}
