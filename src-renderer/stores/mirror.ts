/** Collects what arrives within a frame and hands it over at once: fifty readings are one render. */
export class FrameBuffer<T> {
  readonly #flush: (items: readonly T[]) => void;
  #items: T[] = [];
  #frame: number | null = null;

  constructor(flush: (items: readonly T[]) => void) {
    this.#flush = flush;
  }

  push(item: T): void {
    this.#items.push(item);
    // A hidden page draws no frames, and still has to know what is.
    this.#frame ??= document.hidden ? window.setTimeout(this.#hand) : requestAnimationFrame(this.#hand);
  }

  readonly #hand = (): void => {
    this.#frame = null;
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
