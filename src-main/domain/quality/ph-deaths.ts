import type { QualityReason } from "#contract/readings.ts";

/** What no living tank leaves; domain section 1, stage 7. */
const MIN_PH = 6.5;
const MAX_PH = 9.5;
/** Seen on eight probes of one recording: the glass breaks or the cable shorts. */
const MAX_FALL_PH = 3;
const CONFIRM_SAMPLES = 2;
const RECOVERY_MS = 30 * 60_000;
const RECOVERY_SAMPLES = 3;

const BUFFERS_PH = [4, 7, 10] as const;
const NEAR_BUFFER_PH = 0.2;
/** Width of "steady within ±0.05". */
const STEADY_SPREAD_PH = 0.1;
const CALIBRATION_MAX_MS = 30 * 60_000;
/** A glass electrode needs up to a minute to settle in a new solution; its way there says nothing. */
const SETTLING_MS = 60_000;
const ROUNDING = 1e-9;

interface BufferVisit {
  readonly bufferPh: number;
  readonly sinceMs: number;
  minPh: number;
  maxPh: number;
}

/** alive: nothing against it · suspect: one sample that no tank has · dead: confirmed, until it has long been inside again. */
type PhVerdict = "alive" | "suspect" | "dead";

/**
 * Knows the ways pH probes die: outside 6.5–9.5 for two samples, or a fall of more than 3 from the last good value.
 * A slow drift inside that band is none of them. Good again after 30 min and 3 samples inside.
 */
export class PhDeaths {
  #outsideCount = 0;
  #isDead: boolean = false;
  #insideCount = 0;
  #insideSinceMs = 0;
  #visit: BufferVisit | null = null;

  /** @param ph finite @param atMs monotonic @param lastGoodPh null where there was none */
  judge(ph: number, atMs: number, lastGoodPh: number | null): PhVerdict {
    this.#followBuffer(ph, atMs);
    const isOutside = ph < MIN_PH || ph > MAX_PH;
    if (isOutside) return this.#outside(lastGoodPh !== null && lastGoodPh - ph > MAX_FALL_PH);
    this.#outsideCount = 0;
    return this.#isDead ? this.#inside(atMs) : "alive";
  }

  /** Why the value judged last is bad: in a buffer it may be a calibration, and past that the probe is dead. */
  reason(atMs: number): QualityReason {
    const visit = this.#visit;
    if (visit === null) return "implausible";
    const isSteady = visit.maxPh - visit.minPh <= STEADY_SPREAD_PH + ROUNDING;
    return isSteady && atMs - visit.sinceMs <= CALIBRATION_MAX_MS ? "calibration" : "dead";
  }

  #outside(hasFallen: boolean): PhVerdict {
    this.#insideCount = 0;
    this.#outsideCount += 1;
    if (hasFallen || this.#outsideCount >= CONFIRM_SAMPLES) this.#isDead = true;
    return this.#isDead ? "dead" : "suspect";
  }

  #inside(atMs: number): PhVerdict {
    if (this.#insideCount === 0) this.#insideSinceMs = atMs;
    this.#insideCount += 1;
    if (this.#insideCount < RECOVERY_SAMPLES || atMs - this.#insideSinceMs < RECOVERY_MS) return "dead";
    this.#isDead = false;
    this.#insideCount = 0;
    return "alive";
  }

  #followBuffer(ph: number, atMs: number): void {
    const bufferPh = BUFFERS_PH.find((buffer) => Math.abs(ph - buffer) <= NEAR_BUFFER_PH + ROUNDING);
    const visit = this.#visit;
    if (bufferPh === undefined) this.#visit = null;
    else if (visit === null || visit.bufferPh !== bufferPh)
      this.#visit = { bufferPh, sinceMs: atMs, minPh: ph, maxPh: ph };
    else {
      const isSettling = atMs - visit.sinceMs < SETTLING_MS;
      visit.minPh = isSettling ? ph : Math.min(visit.minPh, ph);
      visit.maxPh = isSettling ? ph : Math.max(visit.maxPh, ph);
    }
  }
}
