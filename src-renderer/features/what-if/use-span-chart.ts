import { useMemo } from "react";
import { type ChartControls, useChart } from "../../charts/use-chart.ts";
import type { Extent } from "../../charts/view.ts";
import { viewWithin } from "./span-choice.ts";

/** A chart that moves within what was worked out, and follows no clock: outside of it nothing is known. */
export function useSpanChart(whole: Extent): ChartControls {
  const controls = useChart({ kind: "fixed", ...whole });
  return useMemo(
    () => ({
      ...controls,
      setExtent: (next) => controls.setView({ kind: "fixed", ...viewWithin(next, whole) }),
    }),
    [controls, whole],
  );
}
