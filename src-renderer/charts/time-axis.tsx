import type { JSX } from "react";
import { useFormats } from "../i18n/formats.ts";
import styles from "./output-lane.module.css";
import { labelledTicks } from "./tick-labels.ts";
import type { Extent } from "./view.ts";

/** Few enough for a phone. */
const TICKS = 5;

/** The time under lanes that have no chart above them. */
export function TimeAxis({ extent }: { readonly extent: Extent }): JSX.Element {
  const { language, timeZone } = useFormats();
  const share = (atMs: number): string => `${((atMs - extent.fromMs) / (extent.toMs - extent.fromMs)) * 100}%`;
  return (
    <svg className={styles["axis"]} aria-hidden="true">
      {labelledTicks(extent, TICKS, { language, timeZone }).map(({ atMs, label, isMajor }) => (
        <text key={atMs} className={styles["tick"]} data-major={isMajor || undefined} x={share(atMs)} y="14">
          {label}
        </text>
      ))}
    </svg>
  );
}
