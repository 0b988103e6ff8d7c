import { type JSX, memo, useEffect, useRef } from "react";
import { watchCanvas } from "./canvas-watch.ts";
import styles from "./sparkline.module.css";
import { SparklinePainter } from "./sparkline-painter.ts";
import type { SparklineData } from "./sparkline-shape.ts";

/** The run of a value as a small line that fills its box. Said in words beside it, so it is not read out. */
export const Sparkline = memo(function Sparkline(data: SparklineData): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<SparklinePainter | null>(null);
  const { points, limits, endMs, spanMs, leastSpan } = data;

  useEffect(() => {
    if (canvas.current === null) return;
    const made = new SparklinePainter(canvas.current);
    painter.current = made;
    const unwatch = watchCanvas(canvas.current, made);
    return () => {
      unwatch();
      made.close();
      painter.current = null;
    };
  }, []);

  useEffect(() => {
    painter.current?.show({ points, limits, endMs, spanMs, leastSpan });
  }, [points, limits, endMs, spanMs, leastSpan]);

  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus
  return <canvas ref={canvas} className={styles["sparkline"]} aria-hidden="true" />;
});
