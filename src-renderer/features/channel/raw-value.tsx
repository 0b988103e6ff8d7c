import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { RAW_DECIMALS } from "./calibration-draft.ts";
import { type RawSample, steadinessOf } from "./raw-window.ts";
import styles from "./settings.module.css";

interface RawValueProps {
  readonly samples: readonly RawSample[];
  /** Of the quantity as it is shown. */
  readonly decimals: number;
}

/** A few of the last shown decimal: as still as a probe gets. */
const STEADY_STEPS = 3;

/** What the device itself says now, and whether it has come to rest: when to take a calibration point. */
export function RawValue({ samples, decimals }: RawValueProps): JSX.Element {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const last = samples.at(-1);
  const steadiness = steadinessOf(samples, STEADY_STEPS * 10 ** -decimals);
  const steadyWords = (): string => {
    if (steadiness === null) return t("calibration.waiting");
    const spread = formats.number(steadiness.spread, RAW_DECIMALS);
    return t(steadiness.isSteady ? "calibration.steady" : "calibration.moving", { spread });
  };
  return (
    <dl className={styles["raw"]}>
      <dt>{t("calibration.raw")}</dt>
      {last === undefined ? (
        <dd className={styles["steadiness"]}>{t("calibration.rawNone")}</dd>
      ) : (
        <>
          <dd>{formats.number(last.raw, RAW_DECIMALS)}</dd>
          <dd className={styles["steadiness"]}>{steadyWords()}</dd>
        </>
      )}
    </dl>
  );
}
