import type { Cancel, Clock } from "./ports.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/** A binary heap of timers, earliest first, ties in the order they were asked for. */
class TimerHeap {
  readonly #timers: Timer[] = [];

  peek(): Timer | undefined {
    return this.#timers[0];
  }

  push(timer: Timer): void {
    const heap = this.#timers;
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(timer, heap[parent])) break;
      heap[i] = heap[parent] as Timer;
      i = parent;
    }
    heap[i] = timer;
  }

  pop(): Timer | undefined {
    const heap = this.#timers;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], last)) break;
      heap[i] = heap[child] as Timer;
      i = child;
    }
    heap[i] = last;
    return first;
  }
}

function isBefore(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** A real turn of the event loop comes after so many timers. */
const TURN_EVERY = 256;

/**
 * Time that moves only when told, so that a simulated month runs in seconds through the very same core. Timers run
 * in order; between two of them every promise chain that is ready runs to its end.
 */
export class VirtualClock implements Clock {
  readonly #timers = new TimerHeap();
  #order = 0;
  #monotonicMs = 0;
  #wallOffsetMs: number;

  /** @param startMs the wall's epoch milliseconds at monotonic zero */
  constructor(startMs = 0) {
    this.#wallOffsetMs = startMs;
  }

  nowMs(): number {
    return this.#wallOffsetMs + this.#monotonicMs;
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  at(atMonotonicMs: number, run: () => void): Cancel {
    const timer = { atMs: atMonotonicMs, order: this.#order++, run, isCancelled: false };
    this.#timers.push(timer);
    return () => {
      timer.isCancelled = true;
    };
  }

  /** Steps the wall's clock, as NTP or a person does; the monotonic scale does not notice. */
  stepWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** Runs everything due within the next `ms`, then stands at their end. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await turned();
    let ran = 0;
    for (let timer = this.#due(endMs); timer !== undefined; timer = this.#due(endMs)) {
      this.#monotonicMs = Math.max(this.#monotonicMs, timer.atMs);
      timer.run();
      ran += 1;
      if (ran % TURN_EVERY === 0) await turned();
      else await settled();
    }
    this.#monotonicMs = endMs;
    await turned();
  }

  /** The instant of the next timer on the monotonic scale; null where none waits. */
  nextAtMs(): number | null {
    return this.#live()?.atMs ?? null;
  }

  #live(): Timer | undefined {
    for (let first = this.#timers.peek(); first?.isCancelled === true; first = this.#timers.peek())
      this.#timers.pop();
    return this.#timers.peek();
  }

  #due(endMs: number): Timer | undefined {
    const first = this.#live();
    return first !== undefined && first.atMs <= endMs ? this.#timers.pop() : undefined;
  }
}

/** By then every microtask chain that could run has run, as the tick queue's turn comes when none is left. */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** A turn of the event loop as well, so that long spans starve nothing real. */
function turned(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
