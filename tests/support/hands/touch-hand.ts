import type { CDPSession, Locator, Page } from "playwright-core";
import { faceOf } from "./face.ts";
import type { Hand } from "./hand.ts";
import { boxOf, type Point, restingCentre } from "./place.ts";
import { ScreenKeys } from "./screen-keys.ts";

const MOST_SWIPES = 40;
const SWIPE_STEPS = 6;

/** A wet finger on a touch screen: no mouse, no hover, no keys but those on the screen. */
export class TouchHand implements Hand {
  readonly name = "touch";
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async on(page: Page): Promise<TouchHand> {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 1 });
    return new TouchHand(page, session);
  }

  async press(target: Locator): Promise<void> {
    await this.tap(await this.#pointOn(await faceOf(target)));
  }

  async hold(target: Locator, isDone: () => Promise<unknown>): Promise<void> {
    const point = await this.#pointOn(await faceOf(target));
    await this.#touch("touchStart", [point]);
    try {
      await isDone();
    } finally {
      await this.#touch("touchEnd", []);
    }
  }

  /** On the keyboard of the screen, key by key; what the field held goes the same way. */
  async type(field: Locator, text: string): Promise<void> {
    const face = await faceOf(field);
    const held = await field.inputValue();
    const centre = await this.#pointOn(face);
    const { x, width } = await boxOf(face);
    // Behind its last letter; an empty one may have a button of its own there.
    await this.tap(held === "" ? centre : { x: x + width - 12, y: centre.y });
    const keys = await ScreenKeys.on(this.#page, (point) => this.tap(point));
    for (let left = held.length; left > 0; left--) await keys.press("{bksp}");
    for (const character of text) await keys.write(character);
    const typed = await field.inputValue();
    if (typed !== text) throw new Error(`the keys on the screen wrote ${typed} for ${text}`);
    await keys.close();
  }

  /** Whatever is there. */
  async tap(point: Point): Promise<void> {
    await Promise.all([this.#touch("touchStart", [point]), this.#touch("touchEnd", [])]);
  }

  /** Where to touch it, swiped into view where it is not. @throws where no swipe brings it there */
  async #pointOn(face: Locator): Promise<Point> {
    for (let swipes = 0; swipes < MOST_SWIPES; swipes++) {
      const centre = await restingCentre(face);
      const off = await offBy(face, centre);
      if (off === null) return centre;
      await this.#swipe(off, centre);
    }
    throw new Error(`${MOST_SWIPES} swipes do not bring ${face} into view`);
  }

  /** Drags what is under the finger, so that what is `off` comes to the middle. */
  async #swipe(off: Point, towards: Point): Promise<void> {
    const [width, height] = await this.#page.evaluate<[number, number]>("[innerWidth, innerHeight]");
    const isSideways = off.x !== 0;
    const dx = isSideways ? within(off.x, width * 0.7) : 0;
    const dy = isSideways ? 0 : within(off.y, height * 0.4);
    const y = isSideways && towards.y > 0 && towards.y < height ? towards.y : height * 0.55;
    const from = { x: width * 0.55 + dx / 2, y: y + dy / 2 };
    await this.#touch("touchStart", [from]);
    for (let step = 1; step <= SWIPE_STEPS; step++) {
      const part = step / SWIPE_STEPS;
      await this.#touch("touchMove", [{ x: from.x - dx * part, y: from.y - dy * part }]);
    }
    await this.#touch("touchEnd", []);
  }

  async #touch(type: "touchStart" | "touchMove" | "touchEnd", touchPoints: readonly Point[]): Promise<void> {
    await this.#session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: touchPoints.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) })),
    });
  }
}

/** How far it is from where it can be touched, CSS pixels to the right or down; null: a touch at the point hits it. */
function offBy(face: Locator, { x, y }: Point): Promise<Point | null> {
  return face.evaluate(
    (element, point) => {
      const hit = element.ownerDocument.elementFromPoint(point.x, point.y);
      if (hit !== null && (element.contains(hit) || hit.contains(element))) return null;
      const { innerWidth, innerHeight } = element.ownerDocument.defaultView;
      if (point.x < 0 || point.x > innerWidth) return { x: point.x - innerWidth / 2, y: 0 };
      return { x: 0, y: point.y - innerHeight / 2 || 1 };
    },
    { x, y },
  );
}

const within = (value: number, most: number): number => Math.max(-most, Math.min(most, value));
