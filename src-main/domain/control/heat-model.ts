/** Heat capacity of a running reef tank, rock included, Wh per L and °C. Measured. */
const HEAT_CAPACITY_WH_PER_L_C = 1.14;
/** Loss to the room of a 100 L tank, W/°C, at 2 % a day of evaporation; it grows with the surface. Measured. */
const LOSS_W_PER_C_AT_100_L = 15;
const MS_PER_H = 3_600_000;

/** How a tank warms and cools. Learned from its own curves, or from nameplate and volume until it is. */
export interface HeatModel {
  /** What the heater adds while it is on, °C/h, whatever the room takes away meanwhile. */
  readonly heaterCPerH: number;
  /** What the water loses for each °C that it is above the room, °C/h. */
  readonly lossPerH: number;
  /** What pumps and lamps add at all times, °C/h. */
  readonly baseCPerH: number;
  /** How the water moved while the heater was off last, °C/h; null: it was not off for long enough. */
  readonly lastOffCPerH: number | null;
  readonly isLearned: boolean;
}

/** Of the water and its room at a moment, °C; roomC null: not measured. */
export interface HeatMoment {
  readonly waterC: number;
  readonly roomC: number | null;
}

/** @param ratedW the heater's nameplate, W @param volumeL all water that turns over, L */
export function heatModelFrom(ratedW: number, volumeL: number): HeatModel {
  const capacityWhPerC = HEAT_CAPACITY_WH_PER_L_C * volumeL;
  return {
    heaterCPerH: ratedW / capacityWhPerC,
    lossPerH: lossWPerC(volumeL) / capacityWhPerC,
    baseCPerH: 0,
    lastOffCPerH: null,
    isLearned: false,
  };
}

/** What a tank of this volume loses to its room, W/°C. */
export function lossWPerC(volumeL: number): number {
  return LOSS_W_PER_C_AT_100_L * (volumeL / 100) ** (2 / 3);
}

/**
 * How fast the water moves with the heater off, °C/h, negative where it cools: by the room where that is measured, else as
 * it moved when the heater was off last. null: nobody knows.
 */
export function offCurveCPerH(model: HeatModel, { waterC, roomC }: HeatMoment): number | null {
  if (roomC === null) return model.lastOffCPerH;
  return model.baseCPerH - model.lossPerH * (waterC - roomC);
}

/** How far the water moves in `forMs` with the heater off, °C; null: nobody knows. Good for an hour or two, not for a day. */
export function predictedDriftC(model: HeatModel, moment: HeatMoment, forMs: number): number | null {
  const offCPerH = offCurveCPerH(model, moment);
  return offCPerH === null ? null : (offCPerH * forMs) / MS_PER_H;
}

/** What a heater that works adds in `forMs`, °C: on top of the off-curve. */
export function heaterShareC(model: HeatModel, forMs: number): number {
  return (model.heaterCPerH * forMs) / MS_PER_H;
}

/** How far the water moves in `forMs` with the heater on, °C; negative where it only slows a fall; null: nobody knows. */
export function predictedRiseC(model: HeatModel, moment: HeatMoment, forMs: number): number | null {
  const driftC = predictedDriftC(model, moment, forMs);
  return driftC === null ? null : driftC + heaterShareC(model, forMs);
}
