import type { Page } from "playwright-core";
import type { Hand, HandName } from "./hand.ts";
import { KeyboardHand } from "./keyboard-hand.ts";
import { MouseHand } from "./mouse-hand.ts";
import { TouchHand } from "./touch-hand.ts";

export async function handOn(page: Page, name: HandName): Promise<Hand> {
  switch (name) {
    case "mouse":
      return new MouseHand(page);
    case "touch":
      return TouchHand.on(page);
    case "keyboard":
      return new KeyboardHand(page);
  }
}
