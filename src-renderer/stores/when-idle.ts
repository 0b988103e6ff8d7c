/** Later than this it runs however busy the page is. */
const AT_LATEST_MS = 1_500;

/** Runs it when the page has nothing else to do. Safari cannot say when that is: there it runs after what waits already. */
export function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run, { timeout: AT_LATEST_MS });
  else setTimeout(run);
}
