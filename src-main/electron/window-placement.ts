import { z } from "zod";

/** Screen coordinates in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the window was when it was last seen. */
export const WindowPlacement = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
});
export type WindowPlacement = z.infer<typeof WindowPlacement>;

export const SMALLEST = { width: 480, height: 400 };
const USUAL = { width: 1280, height: 800 };
/** Of the window's upper edge, so that a hand finds something to drag. */
const GRIP = { width: 120, height: 40 };

/**
 * Where to put the window: as it was, where a display still shows enough of it to be grabbed; else in the middle of the
 * first one.
 * @param workAreas of the displays there are now, the primary one first
 */
export function placementOn(saved: WindowPlacement | null, workAreas: readonly Area[]): WindowPlacement {
  const [primary = { x: 0, y: 0, ...USUAL }] = workAreas;
  const isMaximized = saved?.isMaximized ?? false;
  for (const area of workAreas) {
    const window = saved === null ? null : { x: saved.x, y: saved.y, ...fitted(saved, area) };
    if (window !== null && isInReach(window, area)) return { ...window, isMaximized };
  }
  const { width, height } = fitted(saved ?? USUAL, primary);
  const x = Math.round(primary.x + (primary.width - width) / 2);
  const y = Math.round(primary.y + (primary.height - height) / 2);
  return { x, y, width, height, isMaximized };
}

type Size = Pick<Area, "width" | "height">;

function fitted({ width, height }: Size, area: Size): Size {
  return {
    width: Math.min(Math.max(width, SMALLEST.width), area.width),
    height: Math.min(Math.max(height, SMALLEST.height), area.height),
  };
}

function isInReach(window: Area, area: Area): boolean {
  const seenWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const isTopThere = window.y >= area.y && window.y + GRIP.height <= area.y + area.height;
  return isTopThere && seenWidth >= GRIP.width;
}
