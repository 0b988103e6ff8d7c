/** A set-point that moved less is where it was: seasons move it by hundredths a day. */
const MOVED_BY = 0.1;
/** Water follows a set-point for so long at most. */
const FOLLOWS_FOR_MS = 12 * 3_600_000;

/** So near, it is there; the window still holds its way. */
const ARRIVED_WITHIN = 0.3;

/** Knows whether the set-point of the moment moved, so that the water's way to it is no alarm. */
export class SetpointWatch {
  #reference: number | null = null;
  #now: number | null = null;
  #movedAtMs: number | null = null;

  /** @param setpoint null: nothing holds one */
  see(setpoint: number | null, atMs: number): void {
    this.#now = setpoint;
    if (setpoint === null) return;
    const isMove = this.#reference !== null && Math.abs(setpoint - this.#reference) > MOVED_BY;
    if (isMove) this.#movedAtMs = atMs;
    if (isMove || this.#reference === null) this.#reference = setpoint;
  }

  get setpoint(): number | null {
    return this.#now;
  }

  /** It moved within the last `windowMs`, or the water is still on its way to where it moved. */
  isFollowed(value: number, perS: number, at: { readonly nowMs: number; readonly windowMs: number }): boolean {
    if (this.#movedAtMs === null || this.#now === null) return false;
    const sinceMs = at.nowMs - this.#movedAtMs;
    if (sinceMs < at.windowMs) return true;
    const left = this.#now - value;
    return sinceMs < FOLLOWS_FOR_MS && (left * perS > 0 || Math.abs(left) <= ARRIVED_WITHIN);
  }
}
