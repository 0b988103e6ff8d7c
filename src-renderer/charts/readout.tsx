import type { JSX } from "react";
import { useFormats } from "../i18n/formats.ts";
import type { DisplayUnit } from "../i18n/units.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import { instantWords } from "./instant-words.ts";
import type { ChartLine } from "./picture.ts";
import styles from "./readout.module.css";
import { readingAt } from "./series.ts";
import type { ChartControls } from "./use-chart.ts";

interface ReadoutProps {
  readonly lines: readonly ChartLine[];
  readonly display: DisplayUnit;
  readonly controls: ChartControls;
}

/** What stands at the cursor, above the chart where no finger covers it; without a cursor the span in view. */
export function Readout({ lines, display, controls }: ReadoutProps): JSX.Element {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const { extent, cursorMs } = controls;
  const words = (atMs: number): string => instantWords(atMs, extent, formats);
  return (
    <div className={styles["readout"]} aria-hidden="true">
      <span className={styles["time"]}>
        {cursorMs === null ? `${words(extent.fromMs)} – ${words(extent.toMs)}` : words(cursorMs)}
      </span>
      {lines.map(({ id, label, color, series, previous }) => {
        const point = cursorMs === null ? null : readingAt(series, cursorMs);
        const before = cursorMs === null || previous === null ? null : readingAt(previous, cursorMs);
        return (
          <span key={id} className={styles["entry"]}>
            <span className={styles["swatch"]} data-color={color} />
            {lines.length > 1 && <span className={styles["name"]}>{label}</span>}
            {cursorMs !== null && (
              <b className={styles["value"]}>
                {point === null ? t("chart.nothingHere") : formats.valueWithUnit(point.mean, display)}
              </b>
            )}
            {point !== null && point.max > point.min && (
              <span className={styles["spread"]}>
                {t("chart.spread", {
                  min: formats.value(point.min, display),
                  max: formats.value(point.max, display),
                })}
              </span>
            )}
            {cursorMs === null && lines.length === 1 && (
              <span className={styles["spread"]}>{t("chart.lowHigh")}</span>
            )}
            {before !== null && (
              <span className={styles["spread"]}>
                {t("chart.before", { value: formats.valueWithUnit(before.mean, display) })}
              </span>
            )}
          </span>
        );
      })}
    </div>
  );
}
