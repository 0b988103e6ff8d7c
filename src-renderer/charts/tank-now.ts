import { useState } from "react";
import { useConnection } from "../stores/connection.ts";
import { useTankNowMs } from "../stores/now.ts";
import type { View } from "./view.ts";

const STEPS = 1_500;
const SECOND_MS = 1_000;

/** The tank's clock at this moment, as this page knows it, epoch ms. */
export function tankNowMs(): number {
  return Date.now() + useConnection.getState().clockOffsetMs;
}

/** The tank's now, moving in steps of about a pixel of a view: a year is not drawn anew every second. */
export function useViewNowMs(view: View): number {
  const nowMs = useTankNowMs();
  const [held, setHeld] = useState({ view, nowMs });
  const spanMs = view.kind === "last" ? view.spanMs : view.toMs - view.fromMs;
  if (held.view === view && nowMs - held.nowMs < Math.max(SECOND_MS, spanMs / STEPS)) return held.nowMs;
  if (held.view !== view || held.nowMs !== nowMs) setHeld({ view, nowMs });
  return nowMs;
}
