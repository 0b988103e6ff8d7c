import type { Page } from "playwright-core";

/** Anything smaller is missed by a wet finger. */
export const LEAST_TARGET_PX = 48;

/** In the page: everything that can be pressed, with the size of what is pressed. */
const MEASURE = `(() => {
  const SELECTOR = "a[href], button, input, select, textarea, summary, [role=button], [role=radio], [role=switch], [role=option], [role=menuitem], [role=slider], [tabindex]:not([tabindex='-1'])";
  const nameOf = (e) => (e.getAttribute("aria-label") ?? e.closest("label")?.textContent ?? e.textContent ?? "").trim().slice(0, 40);
  // A radio button, a switch or a slider is drawn and pressed by what is around its input.
  const faceOf = (e) => (e.matches("input[type=radio], input[type=checkbox]") ? e.closest("label") : e.matches("input[type=range]") ? e.parentElement?.parentElement : e) ?? e;
  // What is there for a screen reader alone is cut down to a dot.
  const isCut = (e) => e !== null && (e.clientWidth <= 1 && getComputedStyle(e).overflow === "hidden" || isCut(e.parentElement));
  const isSeen = (e) => {
    const { width, height, bottom, right } = e.getBoundingClientRect();
    return e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1 && bottom > 0 && right > 0 && !isCut(e);
  };
  const measured = new Map();
  for (const element of document.querySelectorAll(SELECTOR)) {
    // A part of the page that scrolls takes the keyboard's focus, and is no target.
    if (element.matches("main, section, div:not([role])") || element.closest("[aria-hidden=true] select")) continue;
    const face = faceOf(element);
    if (!isSeen(face)) continue;
    const { width, height } = face.getBoundingClientRect();
    measured.set(face, { what: element.tagName.toLowerCase() + " " + nameOf(element), width, height });
  }
  return [...measured.values()];
})()`;

export interface Target {
  readonly what: string;
  readonly width: number;
  readonly height: number;
}

/** Everything on the page that can be pressed. */
export function targetsOn(page: Page): Promise<readonly Target[]> {
  return page.evaluate<readonly Target[]>(MEASURE);
}

/** Those too small for a finger, in words. */
export function tooSmall(targets: readonly Target[]): readonly string[] {
  // Half a pixel is what rounding on a screen may take away.
  return targets
    .filter(({ width, height }) => Math.min(width, height) < LEAST_TARGET_PX - 0.5)
    .map(({ what, width, height }) => `${what}: ${Math.round(width)}x${Math.round(height)}`);
}

/** Which parts of the page can be scrolled up or down, by class; empty: it stands still. */
export function scrollersOn(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`[document.documentElement, ...document.querySelectorAll("body, body *")]
    .filter((e) => e.scrollHeight > e.clientHeight + 1 && (e === document.documentElement || /auto|scroll/.test(getComputedStyle(e).overflowY)))
    .map((e) => e.tagName.toLowerCase() + "." + e.className + " " + e.clientHeight + "<" + e.scrollHeight)`);
}
