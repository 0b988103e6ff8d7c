import type { Locator } from "playwright-core";

/** How somebody uses the app: each journey can be walked with a mouse, with a finger, or with keys alone. */
export interface Hand {
  readonly name: HandName;
  press(target: Locator): Promise<void>;
  /** Keeps it pressed until `isDone` comes back. */
  hold(target: Locator, isDone: () => Promise<unknown>): Promise<void>;
  /** Replaces what the field holds. */
  type(field: Locator, text: string): Promise<void>;
}

export const HAND_NAMES = ["mouse", "touch", "keyboard"] as const;
export type HandName = (typeof HAND_NAMES)[number];
