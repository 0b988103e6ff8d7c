/** What a key does to a chart that has the focus. */
export type ChartKey =
  | { readonly act: "step"; readonly by: -1 | 1 }
  | { readonly act: "jump"; readonly to: "first" | "last" }
  | { readonly act: "pan"; readonly fraction: number }
  | { readonly act: "zoom"; readonly factor: number }
  | { readonly act: "clear" };

export const ZOOM_FACTOR = 2;
export const PAN_FRACTION = 0.25;

const KEYS: Readonly<Record<string, ChartKey>> = {
  ArrowLeft: { act: "step", by: -1 },
  ArrowRight: { act: "step", by: 1 },
  Home: { act: "jump", to: "first" },
  End: { act: "jump", to: "last" },
  PageUp: { act: "pan", fraction: -1 },
  PageDown: { act: "pan", fraction: 1 },
  "+": { act: "zoom", factor: ZOOM_FACTOR },
  "=": { act: "zoom", factor: ZOOM_FACTOR },
  "-": { act: "zoom", factor: 1 / ZOOM_FACTOR },
  "−": { act: "zoom", factor: 1 / ZOOM_FACTOR },
  Escape: { act: "clear" },
};
const WITH_SHIFT: Readonly<Record<string, ChartKey>> = {
  ArrowLeft: { act: "pan", fraction: -PAN_FRACTION },
  ArrowRight: { act: "pan", fraction: PAN_FRACTION },
};

/** @returns null where the key means nothing here, and is left to the page */
export function chartKeyOf(event: {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}): ChartKey | null {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  return (event.shiftKey ? WITH_SHIFT[event.key] : undefined) ?? KEYS[event.key] ?? null;
}
