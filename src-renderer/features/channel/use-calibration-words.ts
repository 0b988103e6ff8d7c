import type { Calibration, Channel } from "#contract/channels.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { RAW_DECIMALS } from "./calibration-draft.ts";

/** A calibration in a sentence. */
export function useCalibrationWords({ quantity, unit }: Pick<Channel, "quantity" | "unit">): {
  sentence(calibration: Calibration | null): string;
} {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const display = formats.unitOf(quantity, unit);
  const decimals = display.decimals + 1;
  return {
    sentence: (calibration) => {
      if (calibration === null) return t("calibration.none");
      if ("offset" in calibration) {
        const sign = calibration.offset > 0 ? "+" : "";
        const offset =
          `${sign}${formats.number(calibration.offset * display.factor, decimals)} ${display.unit}`.trim();
        return t("calibration.isOffset", { offset });
      }
      const points = calibration.points
        .map(({ raw, actual }) =>
          t("calibration.point", {
            raw: formats.number(raw, RAW_DECIMALS),
            actual: formats.valueWithUnit(actual, display),
          }),
        )
        .join("; ");
      return t("calibration.isPoints", { count: calibration.points.length, points });
    },
  };
}
