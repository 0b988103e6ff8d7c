/** What a simulated tank is made of; fixed while it runs but for its weather. */
export interface TankSettings {
  readonly seed: number;
  /** All water of display and sump, L. */
  readonly volumeL: number;
  readonly startC: number;
  readonly heaterW: number;
  /** Heat its chiller moves, W; null: it has none. */
  readonly chillerW: number | null;
  /** What its reservoir holds, L; null: a tenth of the volume. */
  readonly reservoirL: number | null;
  /** DS18B20 resolution of its thermometers, bit. */
  readonly resolutionBits: number;
  readonly weather: WeatherSettings;
}

export interface WeatherSettings {
  /** Room temperature before dawn and in the afternoon, °C. */
  readonly roomMinC: number;
  readonly roomMaxC: number;
  /** Mean evaporation, % of the volume a day. */
  readonly evaporationPctPerDay: number;
}

/** Volumes and flows that follow from the tank's size. */
export interface TankGeometry {
  /** Display up to its weir, L. */
  readonly displayFullL: number;
  readonly sumpStartL: number;
  readonly sumpCapacityL: number;
  /** Water column at 100 % of the sump, mm: what waves are measured against. */
  readonly sumpHeightMm: number;
  /** Runs down into the sump when the return pump stops, L. */
  readonly backDrainL: number;
  /** What a return line without its siphon break draws from the display, L. */
  readonly siphonDrainL: number;
  /** How fast either runs down, L/s. */
  readonly drainLPerS: number;
  readonly reservoirCapacityL: number;
  readonly returnLPerS: number;
  readonly topOffLPerS: number;
}

/** Proportions of a usual reef tank: a fifth of the water in the sump, and 7.5 volumes an hour through it. */
export function geometryFrom({ volumeL, reservoirL }: Pick<TankSettings, "volumeL" | "reservoirL">): TankGeometry {
  return {
    displayFullL: 0.8 * volumeL,
    sumpStartL: 0.2 * volumeL,
    sumpCapacityL: 0.3 * volumeL,
    sumpHeightMm: 450,
    backDrainL: Math.min(Math.max(0.03 * volumeL, 5), 20, 0.06 * volumeL),
    siphonDrainL: 0.2 * volumeL,
    drainLPerS: volumeL / 800,
    reservoirCapacityL: reservoirL ?? 0.1 * volumeL,
    returnLPerS: (7.5 * volumeL) / 3_600,
    topOffLPerS: volumeL / 20_000,
  };
}
