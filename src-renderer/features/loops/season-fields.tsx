import type { JSX } from "react";
import { ThermostatFields } from "#contract/loops/thermostat.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { differenceIn } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { ExplainedSwitch } from "./fields-common.tsx";
import type { DraftOf } from "./loop-draft.ts";

const MONTHS = 12;
const NO_OFFSETS = Array.from({ length: MONTHS }, () => 0);
const OFFSET = ThermostatFields.monthlyOffsetsC.unwrap().unwrap().element;

/** What each month adds to every setpoint. */
export function SeasonFields({ form }: { readonly form: DraftForm<DraftOf<"thermostat">> }): JSX.Element {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const difference = differenceIn(formats.unitOf("temperature", "°C"));
  const { monthlyOffsetsC } = form.draft;
  return (
    <>
      <ExplainedSwitch
        label={t("thermostat.season")}
        help={t("thermostat.seasonHelp")}
        isSelected={monthlyOffsetsC !== null}
        onChange={(hasSeason) => form.set({ monthlyOffsetsC: hasSeason ? NO_OFFSETS : null })}
        isDisabled={form.isDisabled}
      />
      {monthlyOffsetsC !== null && (
        <div className={styles["months"]}>
          {monthlyOffsetsC.map((offsetC, month) => (
            <NumberRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a month is its place
              key={month}
              form={form}
              path={`monthlyOffsetsC.${month}`}
              label={monthName(month, formats.language)}
              value={offsetC}
              onChange={(changed) =>
                form.set({ monthlyOffsetsC: monthlyOffsetsC.with(month, changed ?? Number.NaN) })
              }
              display={difference}
              schema={OFFSET}
            />
          ))}
        </div>
      )}
    </>
  );
}

function monthName(month: number, language: string): string {
  return new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, month, 15));
}
