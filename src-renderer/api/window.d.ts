import type { ReefPipe } from "#contract/pipe.ts";
import type { HeadStart } from "./head-start.ts";

declare global {
  interface Window {
    /** The preload's pipe of strings; only in the desktop app. */
    readonly reefPipe?: ReefPipe;
    /** From the page's first script, for the program that comes after it. */
    reefHeadStart: HeadStart;
  }
}
