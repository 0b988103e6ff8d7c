import type { ReefPipe } from "#contract/pipe.ts";

declare global {
  interface Window {
    /** The preload's pipe of strings; only in the desktop app. */
    readonly reefPipe?: ReefPipe;
  }
}
