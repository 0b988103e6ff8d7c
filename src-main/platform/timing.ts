import { ReefFault } from "#contract/errors.ts";
import type { Cancel, Clock } from "./ports.ts";

/** Calls `run` once, `delayMs` from now. */
export function after(clock: Clock, delayMs: number, run: () => void): Cancel {
  return clock.at(clock.monotonicMs() + delayMs, run);
}

/** Calls `run` every `periodMs` on an absolute grid that starts one period from now; a late call skips, never doubles. */
export function every(clock: Clock, periodMs: number, run: () => void): Cancel {
  const startMs = clock.monotonicMs();
  let slot = 0;
  let cancel: Cancel;
  const next = () => {
    slot = Math.max(slot + 1, Math.floor((clock.monotonicMs() - startMs) / periodMs) + 1);
    cancel = clock.at(startMs + slot * periodMs, () => {
      next();
      run();
    });
  };
  next();
  return () => cancel();
}

/** Waits, or stops waiting when `signal` aborts (then it returns early; it does not throw). */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const done = () => {
      cancel();
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const cancel = after(clock, delayMs, done);
    signal?.addEventListener("abort", done, { once: true });
  });
}

interface CallLimit {
  readonly limitMs: number;
  /** Named in the fault's message. */
  readonly what: string;
  /** Called in the moment it ends, before anybody hears of how. */
  readonly onOver?: () => void;
}

/** Work under way that ends at its limit at the latest, or when it is given up. */
export interface LimitedCall<T> {
  /** Rejects with ReefFault bus-timeout past the limit, with stopping once given up, or with what the work throws. */
  readonly result: Promise<T>;
  giveUp: () => void;
}

/** Runs `work` for at most `limitMs`. Work that ignores its signal is abandoned: its late answer goes nowhere. */
export function limitedCall<T>(
  clock: Clock,
  { limitMs, what, onOver }: CallLimit,
  work: (signal: AbortSignal) => Promise<T>,
): LimitedCall<T> {
  const ending = new AbortController();
  let isOver = false;
  let end: (fault: ReefFault) => void = () => undefined;
  const result = new Promise<T>((resolve, reject) => {
    const cancel = after(clock, limitMs, () =>
      end(new ReefFault("bus-timeout", `${what} did not answer within ${limitMs} ms`)),
    );
    const over = () => {
      isOver = true;
      cancel();
      onOver?.();
    };
    end = (fault) => {
      over();
      ending.abort(fault);
      reject(fault);
    };
    work(ending.signal).then(
      (value) => {
        over();
        resolve(value);
      },
      (error: unknown) => {
        over();
        reject(error);
      },
    );
  });
  const giveUp = () => {
    if (!isOver) end(givenUp(what));
  };
  return { result, giveUp };
}

interface Limit extends Omit<CallLimit, "onOver"> {
  /** Ends the work early, with the same abandonment. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `work` for at most `limitMs`, or until the outer signal aborts.
 * @throws ReefFault bus-timeout past the limit; stopping when the outer signal aborts; what the work throws
 */
export function withTimeLimit<T>(
  clock: Clock,
  { limitMs, what, signal }: Limit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal === undefined) return limitedCall(clock, { limitMs, what }, work).result;
  if (signal.aborted) return Promise.reject(givenUp(what));
  const onOver = () => signal.removeEventListener("abort", onStop);
  const onStop = () => giveUp();
  signal.addEventListener("abort", onStop, { once: true });
  const { result, giveUp } = limitedCall(clock, { limitMs, what, onOver }, work);
  return result;
}

function givenUp(what: string): ReefFault {
  return new ReefFault("stopping", `${what} was given up because its owner stops`);
}
