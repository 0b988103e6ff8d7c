import { useMemo, useState } from "react";
import { tankNowMs, useViewNowMs } from "./tank-now.ts";
import { type Extent, extentOf, type View, viewOf } from "./view.ts";

/** What charts that belong together share: the span they show, and the cursor in it. */
export interface ChartControls {
  readonly view: View;
  readonly extent: Extent;
  readonly cursorMs: number | null;
  setView(view: View): void;
  /** Moves or zooms to a span: it is kept out of the future, and follows now where it ends now. */
  setExtent(extent: Extent): void;
  setCursor(atMs: number | null): void;
}

export function useChart(first: View): ChartControls {
  const [view, setView] = useState(first);
  const [cursorMs, setCursor] = useState<number | null>(null);
  const nowMs = useViewNowMs(view);
  const extent = useMemo(() => extentOf(view, nowMs), [view, nowMs]);
  const isInView = cursorMs !== null && cursorMs >= extent.fromMs && cursorMs <= extent.toMs;
  return useMemo(
    () => ({
      view,
      extent,
      cursorMs: isInView ? cursorMs : null,
      setView,
      setExtent: (next) => setView(viewOf(next, tankNowMs())),
      setCursor,
    }),
    [view, extent, isInView, cursorMs],
  );
}
