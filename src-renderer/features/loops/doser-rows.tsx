import type { JSX } from "react";
import { DoserFields } from "#contract/loops/doser.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import type { DraftOf } from "./loop-draft.ts";

interface DoserRowsProps {
  readonly form: DraftForm<DraftOf<"doser">>;
}

const ML = plainUnit("mL", 2);
const COUNT = plainUnit("", 0);
const PH = plainUnit("", 2);

/** How much a day, in how many doses. */
export function DailyDoseRows({ form }: DoserRowsProps): JSX.Element {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  return (
    <div className={styles["pair"]}>
      <NumberRow
        form={form}
        path="mlPerDay"
        label={t("doser.perDay")}
        value={draft.mlPerDay}
        onChange={(mlPerDay) => set({ mlPerDay: mlPerDay ?? Number.NaN })}
        display={ML}
      />
      <NumberRow
        form={form}
        path="dosesPerDay"
        label={t("doser.doses")}
        value={draft.dosesPerDay}
        onChange={(dosesPerDay) => set({ dosesPerDay: dosesPerDay ?? Number.NaN })}
        display={COUNT}
        schema={DoserFields.dosesPerDay}
      />
    </div>
  );
}

/** Between which pH it doses, where it looks at one. */
export function PhWindowRows({ form }: DoserRowsProps): JSX.Element | null {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  if (draft.phChannelId === null) return null;
  return (
    <div className={styles["pair"]}>
      <NumberRow
        form={form}
        path="phMin"
        label={t("doser.phMin")}
        value={draft.phMin}
        onChange={(phMin) => set({ phMin: phMin ?? Number.NaN })}
        display={PH}
        schema={DoserFields.phMin}
      />
      <NumberRow
        form={form}
        path="phMax"
        label={t("doser.phMax")}
        value={draft.phMax}
        onChange={(phMax) => set({ phMax: phMax ?? Number.NaN })}
        display={PH}
        schema={DoserFields.phMax}
      />
    </div>
  );
}
