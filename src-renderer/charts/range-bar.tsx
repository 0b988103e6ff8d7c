import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from "lucide-react";
import { type JSX, useState } from "react";
import { Button } from "../components/button.tsx";
import { Segmented } from "../components/segmented.tsx";
import { useTranslation } from "../i18n/use-translation.ts";
import { PAN_FRACTION, ZOOM_FACTOR } from "./chart-keys.ts";
import { CustomSpan } from "./custom-span.tsx";
import styles from "./range-bar.module.css";
import type { ChartControls } from "./use-chart.ts";
import { lastOf, panned, RANGES, type Range, rangeOf, zoomed } from "./view.ts";

/** Which span is shown: the usual ones, any other, and buttons for those who neither drag nor turn a wheel. */
export function RangeBar({ controls }: { readonly controls: ChartControls }): JSX.Element {
  const { t } = useTranslation("channel");
  const { view, extent, setView, setExtent } = controls;
  const [isCustomOpen, setIsCustomOpen] = useState(false);
  const range = rangeOf(view);
  const middleMs = view.kind === "last" ? extent.toMs : (extent.fromMs + extent.toMs) / 2;
  const choices = [
    ...RANGES.map(({ range: value }) => ({ value, text: t(`range.${value}`) })),
    { value: "custom" as const, text: t("range.custom") },
  ];
  const choose = (chosen: Range | "custom"): void => {
    setIsCustomOpen(chosen === "custom");
    if (chosen !== "custom") setView(lastOf(chosen));
  };
  return (
    <div className={styles["bar"]}>
      <div className={styles["ranges"]}>
        <Segmented
          label={t("range.label")}
          value={isCustomOpen ? "custom" : (range ?? "custom")}
          onChange={choose}
          choices={choices}
        />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons of one purpose, not fields of a form */}
      <div className={styles["moves"]} role="group" aria-label={t("chart.move")}>
        <Button
          kind="quiet"
          label={t("chart.earlier")}
          onPress={() => setExtent(panned(extent, -2 * PAN_FRACTION))}
        >
          <ChevronLeft aria-hidden="true" />
        </Button>
        <Button
          kind="quiet"
          label={t("chart.zoomOut")}
          onPress={() => setExtent(zoomed(extent, 1 / ZOOM_FACTOR, middleMs))}
        >
          <ZoomOut aria-hidden="true" />
        </Button>
        <Button
          kind="quiet"
          label={t("chart.zoomIn")}
          onPress={() => setExtent(zoomed(extent, ZOOM_FACTOR, middleMs))}
        >
          <ZoomIn aria-hidden="true" />
        </Button>
        <Button kind="quiet" label={t("chart.later")} onPress={() => setExtent(panned(extent, 2 * PAN_FRACTION))}>
          <ChevronRight aria-hidden="true" />
        </Button>
      </div>
      {isCustomOpen && (
        <CustomSpan
          extent={extent}
          onShow={(chosen) => {
            setIsCustomOpen(false);
            setExtent(chosen);
          }}
        />
      )}
    </div>
  );
}
