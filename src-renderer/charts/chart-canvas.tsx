import { type JSX, useEffect, useRef, useState } from "react";
import { Broken } from "../components/broken.tsx";
import styles from "./history-chart.module.css";
import type { ChartContent, ReefChart } from "./reef-chart.ts";
import type { Extent } from "./view.ts";

export interface CanvasCursor {
  readonly atMs: number;
  readonly marks: readonly { readonly y: number; readonly color: number }[];
}

interface ChartCanvasProps {
  readonly content: ChartContent;
  readonly cursor: CanvasCursor | null;
  readonly onExtent: (extent: Extent) => void;
  /** null: the pointer left. */
  readonly onPoint: (atMs: number | null) => void;
}

/** The drawn chart. The library comes with the first chart that is looked at. */
export function ChartCanvas({ content, cursor, onExtent, onPoint }: ChartCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [chart, setChart] = useState<ReefChart | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const latest = useRef({ content, onExtent });
  latest.current = { content, onExtent };

  useEffect(() => {
    let made: ReefChart | null = null;
    let isGone = false;
    const themes = new MutationObserver(() => made?.repaint());
    const make = (module: typeof import("./reef-chart.ts")): void => {
      if (isGone || canvas.current === null) return;
      const events = { onExtent: (extent: Extent) => latest.current.onExtent(extent) };
      made = new module.ReefChart(canvas.current, latest.current.content, events);
      themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
      setChart(made);
    };
    import("./reef-chart.ts").then(make).catch((error: unknown) => !isGone && setFailure(error));
    return () => {
      isGone = true;
      themes.disconnect();
      made?.destroy();
    };
  }, []);
  useEffect(() => chart?.show(content), [chart, content]);
  useEffect(() => chart?.point(cursor?.atMs ?? null, cursor?.marks ?? []), [chart, cursor]);

  const point = (clientX: number): void => {
    const atMs = chart?.instantAt(clientX) ?? null;
    if (atMs !== null) onPoint(atMs);
  };
  if (failure !== null) return <Broken error={failure} />;
  return (
    // The keyboard's way is the slider around this one.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      className={styles["canvas"]}
      onPointerMove={(event) => event.pointerType === "mouse" && event.buttons === 0 && point(event.clientX)}
      onPointerLeave={(event) => event.pointerType === "mouse" && onPoint(null)}
      onClick={(event) => point(event.clientX)}
    >
      <canvas ref={canvas} />
    </div>
  );
}
