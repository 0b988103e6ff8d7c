import type { JSX } from "react";
import { Button } from "../../components/button.tsx";
import { NumberField } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import type { DisplayUnit } from "../../i18n/units.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { type CalibrationDraftPoint, RAW_DECIMALS } from "./calibration-draft.ts";
import styles from "./settings.module.css";

interface CalibrationPointProps {
  readonly number: number;
  readonly point: CalibrationDraftPoint;
  /** What the device says now; null: unknown. */
  readonly raw: number | null;
  readonly display: DisplayUnit;
  readonly blocked: string | null;
  readonly onChange: (change: Partial<CalibrationDraftPoint>) => void;
}

/** One solution of known value: what it truly is, and what the device said in it. */
export function CalibrationPoint(props: CalibrationPointProps): JSX.Element {
  const { number, point, raw, display, blocked, onChange } = props;
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const isTaken = Number.isFinite(point.raw);
  return (
    <fieldset className={`${styles["group"]} ${styles["point"]}`}>
      <legend>{t("calibration.pointTitle", { number: formats.number(number, 0) })}</legend>
      <NumberField
        label={t("calibration.actual")}
        help={t("calibration.actualHelp")}
        value={point.actualShown}
        onChange={(actualShown) => onChange({ actualShown })}
        unit={display.unit}
        decimals={display.decimals + 1}
        isDisabled={blocked !== null}
      />
      <div className={styles["actions"]}>
        <Button
          disabledReason={blocked ?? (raw === null ? t("calibration.rawNone") : null)}
          isReasonHidden={blocked !== null}
          onPress={() => raw !== null && onChange({ raw })}
        >
          {t("calibration.take")}
        </Button>
        {isTaken && (
          <span className={styles["said"]} role="status">
            {t("calibration.taken")}:&nbsp;<b>{formats.number(point.raw, RAW_DECIMALS)}</b>
          </span>
        )}
      </div>
    </fieldset>
  );
}
