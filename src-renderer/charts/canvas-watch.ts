import { paintSoon } from "./paint-queue.ts";

/** A canvas that paints itself from what it holds. */
export interface Repaintable {
  readonly paint: () => void;
  /** CSS px. */
  resized(width: number, height: number): void;
}

const watched = new Map<Element, Repaintable>();
let sizes: ResizeObserver | null = null;

/** Tells a canvas of its size, and has it painted again when the screen's pixels or the theme change. */
export function watchCanvas(canvas: HTMLCanvasElement, repaintable: Repaintable): () => void {
  sizes ??= startWatching();
  watched.set(canvas, repaintable);
  sizes.observe(canvas);
  return () => {
    sizes?.unobserve(canvas);
    watched.delete(canvas);
  };
}

/** One observer of each kind for all canvases, for as long as the page is open. */
function startWatching(): ResizeObserver {
  new MutationObserver(repaintAll).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  followPixelRatio();
  return new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      const repaintable = watched.get(target);
      repaintable?.resized(contentRect.width, contentRect.height);
      if (repaintable !== undefined) paintSoon(repaintable.paint);
    }
  });
}

/** A query holds for one ratio alone: after each change the next one is asked about. */
function followPixelRatio(): void {
  const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  query.addEventListener(
    "change",
    () => {
      repaintAll();
      followPixelRatio();
    },
    { once: true },
  );
}

function repaintAll(): void {
  tokens.clear();
  for (const { paint } of watched.values()) paintSoon(paint);
}

const tokens = new Map<string, string>();

/** A color of tokens.css as it is in the theme of now, for a canvas. */
export function tokenColor(name: `--${string}`): string {
  let color = tokens.get(name);
  if (color === undefined) {
    color = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    tokens.set(name, color);
  }
  return color;
}
