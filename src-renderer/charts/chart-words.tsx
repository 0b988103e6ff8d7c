import type { JSX } from "react";
import type { Limits } from "#contract/channels.ts";
import { Folded } from "../components/folded.tsx";
import { useFormats } from "../i18n/formats.ts";
import type { DisplayUnit } from "../i18n/units.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import styles from "./chart-words.module.css";
import { instantWords } from "./instant-words.ts";
import type { Series } from "./series.ts";
import { type Summary, summaryOf, tableRows } from "./summary.ts";
import { tidy } from "./tidy.ts";
import type { Extent } from "./view.ts";

interface ChartWordsProps {
  readonly name: string;
  readonly series: Series;
  readonly display: DisplayUnit;
  readonly limits: Limits | null;
  readonly extent: Extent;
}

const TABLE_ROWS = 24;

/** A chart for who does not see it, or wants the figures: sentences, and a table. */
export function ChartWords({ name, series, display, limits, extent }: ChartWordsProps): JSX.Element | null {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const summary = summaryOf(series, extent, limits);
  if (summary === null) return null;
  const words = (atMs: number): string => instantWords(atMs, extent, formats);
  const value = (stored: number): string => formats.valueWithUnit(stored, display);
  const sentences = [
    t("summary.span", { from: words(extent.fromMs), to: words(extent.toMs) }),
    t("summary.values", { name, min: value(summary.min), max: value(summary.max), mean: value(summary.mean) }),
    changeWords(summary),
    ...(summary.gapCount === 0
      ? []
      : [t("summary.gaps", { count: summary.gapCount, longest: formats.duration(summary.longestGapMs) })]),
    ...(summary.outsideMs === null ? [] : [outsideWords(summary.outsideMs)]),
  ];
  return (
    <div className={styles["words"]}>
      <p>{tidy(sentences.join(" "))}</p>
      <Folded title={t("summary.table")}>
        <div className={styles["scroll"]}>
          <table className={styles["table"]}>
            <thead>
              <tr>
                <th scope="col">{t("summary.time")}</th>
                {(["lowest", "mean", "highest"] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`summary.${column}`)} {display.unit}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {tableRows(series, extent, TABLE_ROWS).map(({ atMs, min, mean, max }) => (
                <tr key={atMs}>
                  <th scope="row">{words(atMs)}</th>
                  <td>{formats.value(min, display)}</td>
                  <td>{formats.value(mean, display)}</td>
                  <td>{formats.value(max, display)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Folded>
    </div>
  );

  function changeWords({ change }: Summary): string {
    // A difference has the unit's size but not its zero.
    const shown = Math.abs(change * display.factor);
    const text = formats.number(shown, display.decimals);
    if (Number(shown.toFixed(display.decimals)) === 0) return t("summary.steady");
    const withUnit = display.unit === "" ? text : `${text} ${display.unit}`;
    return t(change > 0 ? "summary.rose" : "summary.fell", { change: withUnit });
  }

  function outsideWords(outsideMs: number): string {
    return outsideMs === 0 ? t("summary.inside") : t("summary.outside", { time: formats.duration(outsideMs) });
  }
}
