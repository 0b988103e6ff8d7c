import type { Limits } from "#contract/channels.ts";
import type { Quantity, Role } from "#contract/quantities.ts";

/** How fast a quantity can move: by `step` at any time, and by `perMin` for every minute since the value compared with. */
export interface RateLimit {
  readonly step: number;
  readonly perMin: number;
}

/** What a channel's values are checked against, in its quantity's stored unit. */
export interface QualityRules {
  /** Inclusive; null: anything finite. */
  readonly range: Limits | null;
  /** null: it may move as it likes. */
  readonly rate: RateLimit | null;
  /** The DS18B20 family's 85, 127.94 and -127. */
  readonly hasDallasSentinels: boolean;
  /** An exact 0 is a lost sensor when the last good raw value was further than this from 0; null: 0 is a value. */
  readonly zeroIsLostBeyond: number | null;
  /** The pH deaths of domain section 1, stage 7. */
  readonly hasKnownDeaths: boolean;
}

const PLAIN: QualityRules = {
  range: null,
  rate: null,
  hasDallasSentinels: false,
  zeroIsLostBeyond: null,
  hasKnownDeaths: false,
};

function within(min: number, max: number): QualityRules {
  return { ...PLAIN, range: { min, max } };
}

/** Tank water: what a reef, its sump or its reservoir can be. */
const WATER: QualityRules = {
  ...within(5, 45),
  rate: { step: 0.5, perMin: 1 },
  hasDallasSentinels: true,
  zeroIsLostBeyond: 0.5,
};

/** A fish room, from an unheated garage in winter to a canopy in summer; a door may open, so no rate. */
const ROOM_AIR: QualityRules = { ...within(-20, 60), hasDallasSentinels: true, zeroIsLostBeyond: 0.5 };

const RULES: Readonly<Record<Quantity, QualityRules>> = {
  temperature: WATER,
  // Industrial silicon's specified junction range; 85 is an ordinary hot CPU here.
  "controller-temperature": within(-40, 125),
  ph: { ...within(2, 12.9), rate: { step: 0.5, perMin: 0.5 }, zeroIsLostBeyond: 0, hasKnownDeaths: true },
  // 5 mV: a shorted probe jumps to 0 from hundreds; one that drifts through 0 is measuring.
  orp: { ...within(-1000, 1100), zeroIsLostBeyond: 5 },
  salinity: { ...within(0, 50), zeroIsLostBeyond: 0 },
  // Seawater is 53 mS/cm at 25 °C, the Dead Sea below 250; brine is mixed below 100.
  conductivity: { ...within(0, 100), zeroIsLostBeyond: 0 },
  // Twice saturation with pure oxygen in cold fresh water is out of a tank's reach.
  "dissolved-oxygen": { ...within(0, 50), zeroIsLostBeyond: 0 },
  level: within(0, 100),
  leak: within(0, 1),
  flow: within(0, 1_000_000),
  power: within(0, 100_000),
  energy: within(0, 1_000_000_000),
  // Mains, and either sign of a probe's or a battery's own volts.
  voltage: within(-1_000, 1_000),
  current: within(-1_000, 1_000),
  humidity: within(0, 100),
  // Full tropical sun is 2,000–2,500 µmol/m²/s.
  par: within(0, 10_000),
  generic: PLAIN,
};

/** The rules for a quantity where it is measured: a temperature in the room is air, any other is water. */
export function qualityRulesFor(quantity: Quantity, role: Role): QualityRules {
  return quantity === "temperature" && role === "room" ? ROOM_AIR : RULES[quantity];
}

const STALE_AFTER_INTERVALS = 3;
const STALE_FLOOR_S = 90;
/** What guards against water on the floor must not be believed for longer. */
const WATER_GUARD_STALE_FLOOR_S = 30;

/** What a pump fills by at this moment, asked every second, is stale after so long, ms: three reads (docs/safety.md). */
export const HURRIED_STALE_AFTER_MS = 3_000;

/** How long a channel may say nothing before its value is stale, ms. @param pollIntervalS its interval, s */
export function staleAfterMs(quantity: Quantity, pollIntervalS: number): number {
  const isWaterGuard = quantity === "level" || quantity === "leak";
  return (
    Math.max(STALE_AFTER_INTERVALS * pollIntervalS, isWaterGuard ? WATER_GUARD_STALE_FLOOR_S : STALE_FLOOR_S) *
    1_000
  );
}
