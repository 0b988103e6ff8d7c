/** Each hands over what it holds; all in one turn, so that what came of different things is one render too. */
const due = new Set<() => void>();
let isWatching = false;
/** A number that changes more often than this cannot be read, and with fifty sensors each frame would draw one of them. */
const LEAST_APART_MS = 100;
let handedAtMs = Number.NEGATIVE_INFINITY;

/** A hidden page draws no frames, and still has to know what is: nothing may pile up until somebody looks. */
function handSoon(hand: () => void): void {
  due.add(hand);
  if (due.size > 1) return;
  if (!isWatching) document.addEventListener("visibilitychange", handAll);
  isWatching = true;
  const waitMs = handedAtMs + LEAST_APART_MS - performance.now();
  if (document.hidden) window.setTimeout(handAll);
  else if (waitMs > 0) window.setTimeout(() => requestAnimationFrame(handInFrame), waitMs);
  else requestAnimationFrame(handInFrame);
}

function handInFrame(nowMs: number): void {
  handedAtMs = nowMs;
  handAll();
}

/** Hands over at once what would wait for the next frame. */
export function handAll(): void {
  const hands = [...due];
  due.clear();
  for (const hand of hands) hand();
}

/** Collects what arrives and hands it over in a frame, ten times a second at most: fifty readings are one render. */
export class FrameBuffer<T> {
  readonly #flush: (items: readonly T[]) => void;
  #items: T[] = [];

  constructor(flush: (items: readonly T[]) => void) {
    this.#flush = flush;
  }

  push(item: T): void {
    this.#items.push(item);
    handSoon(this.#hand);
  }

  readonly #hand = (): void => {
    const items = this.#items;
    this.#items = [];
    this.#flush(items);
  };
}

/** @returns `map` with these set and deleted; the same one where nothing is */
export function withChanges<K, V>(
  map: ReadonlyMap<K, V>,
  changes: Iterable<readonly [K, V | null]>,
): ReadonlyMap<K, V> {
  let next: Map<K, V> | null = null;
  for (const [key, value] of changes) {
    next ??= new Map(map);
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next ?? map;
}
