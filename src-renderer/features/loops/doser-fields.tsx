import type { JSX } from "react";
import { Link } from "wouter";
import { DosedPart } from "#contract/loops/doser.ts";
import { tidy } from "../../charts/tidy.ts";
import { Select } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { Section } from "../control/form/section.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import { TimeRow } from "../control/form/time-row.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { ChannelChips } from "./channel-chips.tsx";
import { dosePlan } from "./dose-plan.ts";
import { DoserCaps } from "./doser-caps.tsx";
import { DailyDoseRows, PhWindowRows } from "./doser-rows.tsx";
import { NameRow } from "./fields-common.tsx";
import { measures, plays } from "./fits.ts";
import type { DraftOf } from "./loop-draft.ts";

interface DoserFieldsProps {
  readonly form: DraftForm<DraftOf<"doser">>;
}

const DKH_PER_ML = plainUnit("dKH/mL", 4);
const RAISES_ALKALINITY: readonly DosedPart[] = ["alkalinity", "kalkwasser"];

/** What a doser adds, when, and what must hold for it. */
export function DoserFields({ form }: DoserFieldsProps): JSX.Element {
  const { t } = useTranslation(["control", "common"]);
  const { draft, set } = form;
  return (
    <>
      <Section title={t("doser.adds")} lead={t("doser.addsLead")}>
        <NameRow form={form} />
        <ChannelRow
          form={form}
          path="pumpChannelId"
          label={t("doser.pump")}
          help={t("doser.pumpHelp")}
          value={draft.pumpChannelId}
          onChange={(id) => set({ pumpChannelId: id ?? "" })}
          fits={plays("doser")}
          whenNone={t("form.noOutput", { role: t("common:role.doser") })}
        />
        {draft.pumpChannelId !== "" && (
          <p className={styles["note"]}>
            <Link className={styles["link"]} href={`/channels/${draft.pumpChannelId}`}>
              {t("doser.toPump")}
            </Link>
          </p>
        )}
        <div className={styles["pair"]}>
          <Select
            label={t("doser.part")}
            value={draft.part}
            onChange={(part) => set({ part })}
            choices={DosedPart.options.map((value) => ({ value, text: t(`doser.parts.${value}`) }))}
            isDisabled={form.isDisabled}
          />
          {RAISES_ALKALINITY.includes(draft.part) && (
            <NumberRow
              form={form}
              path="alkalinityDkhPerMl"
              label={t("doser.alkalinity")}
              help={t("doser.alkalinityHelp")}
              value={draft.alkalinityDkhPerMl}
              onChange={(alkalinityDkhPerMl) => set({ alkalinityDkhPerMl })}
              display={DKH_PER_ML}
              isNullable
            />
          )}
        </div>
        <PlanFields form={form} />
      </Section>
      <DoserCaps form={form} />
      <Section title={t("doser.must")} lead={t("doser.mustLead")}>
        <ChannelRow
          form={form}
          path="returnPumpChannelId"
          label={t("doser.returnPump")}
          value={draft.returnPumpChannelId}
          onChange={(returnPumpChannelId) => set({ returnPumpChannelId })}
          fits={plays("return-pump")}
          whenNone={t("form.noOutput", { role: t("common:role.return-pump") })}
          isNullable
        />
        <ChannelRow
          form={form}
          path="phChannelId"
          label={t("doser.ph")}
          value={draft.phChannelId}
          onChange={(phChannelId) => set({ phChannelId })}
          fits={measures("ph")}
          whenNone={t("form.noSensor", { what: t("common:quantity.ph") })}
          isNullable
        />
        <PhWindowRows form={form} />
        <ChannelChips
          label={t("doser.opposing")}
          help={t("doser.opposingHelp")}
          value={draft.opposingChannelIds}
          onChange={(opposingChannelIds) => set({ opposingChannelIds })}
          fits={(channel) => plays("doser")(channel) && channel.id !== draft.pumpChannelId}
          isDisabled={form.isDisabled}
        />
      </Section>
    </>
  );
}

/** How much a day, in how many doses, between when; and what that comes to. */
function PlanFields({ form }: DoserFieldsProps): JSX.Element {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const { draft, set } = form;
  const plan = dosePlan(draft);
  return (
    <>
      <DailyDoseRows form={form} />
      <div className={styles["pair"]}>
        <TimeRow
          form={form}
          path="dosesFrom"
          label={t("form.from")}
          value={draft.dosesFrom}
          onChange={(dosesFrom) => set({ dosesFrom })}
        />
        <TimeRow
          form={form}
          path="dosesTo"
          label={t("form.to")}
          help={t("doser.wholeDay")}
          value={draft.dosesTo}
          onChange={(dosesTo) => set({ dosesTo })}
        />
      </div>
      <p className={styles["note"]} role="status">
        {plan === null
          ? t("doser.planUnknown")
          : tidy(
              t("doser.plan", {
                dose: formats.number(plan.doseMl, 2),
                every: formats.duration(plan.everyMin * 60_000),
              }),
            )}
      </p>
    </>
  );
}
