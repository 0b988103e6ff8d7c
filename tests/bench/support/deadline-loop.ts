/**
 * The least a poller can be: a timer of its own on absolute deadlines, early calls wait again.
 * @param delayMs until the first @returns ends it
 */
export function deadlineLoop(periodMs: number, run: () => void, delayMs = 0): () => void {
  const startMs = performance.now() + delayMs;
  let slot = 0;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = startMs + slot * periodMs - performance.now();
    if (leftMs > 0) {
      timer = setTimeout(wait, Math.ceil(leftMs));
      return;
    }
    slot = Math.floor((performance.now() - startMs) / periodMs) + 1;
    run();
    timer = setTimeout(wait, Math.max(0, Math.floor(startMs + slot * periodMs - performance.now())));
  };
  wait();
  return () => clearTimeout(timer);
}
