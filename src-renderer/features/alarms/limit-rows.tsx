import type { JSX } from "react";
import { AlarmDefinition } from "#contract/alarms.ts";
import type { DisplayUnit } from "../../i18n/units.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";

/** What every draft of an alarm has of its limit. */
type Limits = Pick<AlarmDefinition, "setpoint" | "deadband" | "onDelayS" | "offDelayS">;

/** A form of an alarm, whatever else it holds. */
type LimitForm = DraftForm<Limits>;

interface LimitPairProps {
  readonly form: LimitForm;
  /** Of the number; a limit unless said. */
  readonly label?: string;
  readonly display: DisplayUnit;
  /** Always a difference. */
  readonly deadbandDisplay: DisplayUnit;
}

/** Where it rings, and how far back is over. */
export function LimitPair({ form, label, display, deadbandDisplay }: LimitPairProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const { draft, set } = form;
  return (
    <div className={styles["pair"]}>
      <NumberRow
        form={form}
        path="setpoint"
        label={label ?? t("form.setpoint.limit")}
        value={draft.setpoint}
        onChange={(setpoint) => set({ setpoint: setpoint ?? Number.NaN })}
        display={display}
      />
      <NumberRow
        form={form}
        path="deadband"
        label={t("form.deadband")}
        help={t("form.deadbandHelp")}
        value={draft.deadband}
        onChange={(deadband) => set({ deadband: deadband ?? Number.NaN })}
        display={deadbandDisplay}
      />
    </div>
  );
}

/** For how long it has to be so before it rings, and before it is over. */
export function DelayPair({ form }: { readonly form: LimitForm }): JSX.Element {
  const { t } = useTranslation("alarms");
  const { draft, set } = form;
  return (
    <div className={styles["pair"]}>
      <DurationRow
        form={form}
        path="onDelayS"
        label={t("form.onDelay")}
        value={draft.onDelayS}
        onChange={(onDelayS) => set({ onDelayS: onDelayS ?? Number.NaN })}
        schema={AlarmDefinition.shape.onDelayS}
      />
      <DurationRow
        form={form}
        path="offDelayS"
        label={t("form.offDelay")}
        value={draft.offDelayS}
        onChange={(offDelayS) => set({ offDelayS: offDelayS ?? Number.NaN })}
        schema={AlarmDefinition.shape.offDelayS}
      />
    </div>
  );
}
