import type { Cancel } from "../platform/ports.ts";
import { CoalescingQueue } from "./coalescing-queue.ts";
import type { ApiContext } from "./context.ts";

/** More than a second of a large tank. */
const MAX_WAITING = 1_024;

interface Feed<Change, Shown> {
  /** Begins to listen. */
  subscribe(listener: (change: Change) => void): Cancel;
  /** What is now; asked after listening began, so that nothing falls between the two. */
  snapshot(): Iterable<Shown>;
  /** Changes of one key replace each other for a client that is too slow for all of them. */
  keyOf(change: Change): string;
  /** null: nothing to tell. */
  show(change: Change): Shown | null;
}

/** The present state, then every change, until the caller goes away. Never runs ahead of a slow caller. */
export async function* liveFrom<Change, Shown>(
  ctx: Pick<ApiContext, "whenWritable">,
  feed: Feed<Change, Shown>,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Shown, void, void> {
  const queue = new CoalescingQueue<Change>(MAX_WAITING, feed.keyOf);
  const cancel = feed.subscribe((change) => queue.push(change));
  try {
    for (const shown of feed.snapshot()) {
      await ctx.whenWritable(signal);
      if (signal.aborted) return;
      yield shown;
    }
    for (let change = await queue.next(signal); change !== null; change = await queue.next(signal)) {
      const shown = feed.show(change);
      if (shown === null) continue;
      await ctx.whenWritable(signal);
      if (signal.aborted) return;
      yield shown;
    }
  } finally {
    cancel();
  }
}
