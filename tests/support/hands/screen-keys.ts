import type { Locator, Page } from "playwright-core";
import { until } from "../headless-host.ts";
import { APPEARS_WITHIN_MS } from "./face.ts";
import { type Point, restingCentre } from "./place.ts";

/** Keys that lead to other layers, in the order in which these are looked through for a sign. */
const LAYER_KEYS = ["{letters}", "{shift}", "{signs}", "{more}"];
/** Of this layer each sign leads back to the plain one. */
const ONE_SIGN_LAYER = "shift";

interface Board {
  readonly layer: string;
  /** Where each key is. */
  readonly keys: Readonly<Record<string, Point>>;
}

/** The on-screen keyboard under a finger. */
export class ScreenKeys {
  readonly #board: Locator;
  readonly #tap: (point: Point) => Promise<void>;
  #shown: Board;

  private constructor(board: Locator, tap: (point: Point) => Promise<void>, shown: Board) {
    this.#board = board;
    this.#tap = tap;
    this.#shown = shown;
  }

  /** @throws where none appears */
  static async on(page: Page, tap: (point: Point) => Promise<void>): Promise<ScreenKeys> {
    const board = page.locator("[data-layer]");
    await board.waitFor({ state: "visible", timeout: APPEARS_WITHIN_MS });
    await restingCentre(board);
    return new ScreenKeys(board, tap, await read(board));
  }

  /** @throws where no layer has the sign */
  async write(character: string): Promise<void> {
    const key = character === " " ? "{space}" : character;
    for (const layerKey of LAYER_KEYS) {
      if (key in this.#shown.keys) break;
      if (layerKey in this.#shown.keys) await this.#turn(layerKey);
    }
    if (this.#shown.layer === ONE_SIGN_LAYER) await this.#turn(key);
    else await this.press(key);
  }

  async press(key: string): Promise<void> {
    const point = this.#shown.keys[key];
    if (point === undefined) throw new Error(`the keys on the screen have no ${key}`);
    await this.#tap(point);
  }

  async close(): Promise<void> {
    await this.press("{done}");
    await this.#board.waitFor({ state: "detached", timeout: APPEARS_WITHIN_MS });
  }

  /** A key that leads to another layer. */
  async #turn(key: string): Promise<void> {
    const { layer } = this.#shown;
    await this.press(key);
    this.#shown = await until(`another layer of keys than ${layer}`, APPEARS_WITHIN_MS, async () => {
      const board = await read(this.#board);
      return board.layer === layer ? undefined : board;
    });
  }
}

function read(board: Locator): Promise<Board> {
  return board.evaluate((element) => {
    const keys = [...element.querySelectorAll("[data-skbtn]")].map((key) => {
      const { x, y, width, height } = key.getBoundingClientRect();
      return [key.dataset.skbtn, { x: x + width / 2, y: y + height / 2 }];
    });
    return { layer: element.dataset.layer, keys: Object.fromEntries(keys) };
  });
}
