import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { Section } from "../control/form/section.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { defaultDayCapMl } from "./dose-plan.ts";
import type { DraftOf } from "./loop-draft.ts";

const ML = plainUnit("mL", 2);
const CONTAINER_ML = plainUnit("mL", 0);

/** What nobody may exceed, by hand, by rule or by this loop itself; and the container. */
export function DoserCaps({ form }: { readonly form: DraftForm<DraftOf<"doser">> }): JSX.Element {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const { draft, set } = form;
  const dayCapMl = defaultDayCapMl(draft.mlPerDay);
  const defaultWords =
    dayCapMl === null ? t("doser.capHelp") : t("doser.capIs", { cap: formats.number(dayCapMl, 1) });
  return (
    <Section title={t("doser.caps")} lead={t("doser.capsLead")}>
      <div className={styles["pair"]}>
        <NumberRow
          form={form}
          path="maxMlPerDose"
          label={t("doser.capDose")}
          help={t("doser.capHelp")}
          value={draft.maxMlPerDose}
          onChange={(maxMlPerDose) => set({ maxMlPerDose })}
          display={ML}
          isNullable
        />
        <NumberRow
          form={form}
          path="maxMlPerHour"
          label={t("doser.capHour")}
          help={t("doser.capHelp")}
          value={draft.maxMlPerHour}
          onChange={(maxMlPerHour) => set({ maxMlPerHour })}
          display={ML}
          isNullable
        />
        <NumberRow
          form={form}
          path="maxMlPerDay"
          label={t("doser.capDay")}
          help={defaultWords}
          value={draft.maxMlPerDay}
          onChange={(maxMlPerDay) => set({ maxMlPerDay })}
          display={ML}
          isNullable
        />
      </div>
      <NumberRow
        form={form}
        path="containerMl"
        label={t("doser.container")}
        help={t("doser.containerHelp")}
        value={draft.containerMl}
        onChange={(containerMl) => set({ containerMl })}
        display={CONTAINER_ML}
        isNullable
      />
    </Section>
  );
}
