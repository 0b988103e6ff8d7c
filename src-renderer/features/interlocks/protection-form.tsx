import { type JSX, useCallback } from "react";
import { z } from "zod";
import type { Channel } from "#contract/channels.ts";
import { Guards, SwitchedByHand } from "#contract/guards.ts";
import { Select } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import { type DraftForm, useDraftForm } from "../control/form/use-draft-form.ts";
import { type ProtectionDraft, protectionOf } from "./channel-draft.ts";
import { patchChannel } from "./patch-channel.ts";

const { budgetS, budgetMl, warnStartsPerHour, leaseS } = Guards.shape;
const Protection = z.strictObject({
  budgetS,
  budgetMl,
  warnStartsPerHour,
  leaseS,
  switchedByHand: SwitchedByHand,
});
const SPANS = ["per15Min", "perHour", "perDay"] as const;
const ML = plainUnit("mL", 1);
const COUNT = plainUnit("", 0);

/** What an output may spend in any span of time, how worn it may get, and what it does by itself. */
export function ProtectionForm({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const { id } = channel;
  const save = useCallback(
    async (_: ProtectionDraft, changes: Partial<ProtectionDraft>): Promise<ProtectionDraft> => {
      const { switchedByHand, ...guards } = changes;
      const hasGuards = Object.keys(guards).length > 0;
      const saved = await patchChannel(id, {
        ...(switchedByHand === undefined ? {} : { switchedByHand }),
        ...(hasGuards ? { guards } : {}),
      });
      return protectionOf(saved);
    },
    [id],
  );
  const form = useDraftForm<ProtectionDraft>({ initial: protectionOf(channel), schema: Protection, save });
  const { draft, set } = form;
  return (
    <form onSubmit={form.submit} noValidate>
      <Section title={t("protection.title")} lead={t("protection.lead")}>
        <Seconds form={form} />
        <Millilitres form={form} hasFlow={channel.equipment?.flowMlPerS != null} />
        <NumberRow
          form={form}
          path="warnStartsPerHour"
          label={t("protection.warnStarts")}
          help={t("protection.warnStartsHelp")}
          value={draft.warnStartsPerHour}
          onChange={(warnAbove) => set({ warnStartsPerHour: warnAbove })}
          display={COUNT}
          schema={warnStartsPerHour}
          isNullable
        />
        <DurationRow
          form={form}
          path="leaseS"
          label={t("protection.lease")}
          help={t("protection.leaseHelp")}
          value={draft.leaseS}
          onChange={(lasting) => set({ leaseS: lasting })}
          schema={leaseS}
          isNullable
        />
        <Select
          label={t("protection.byHand")}
          value={draft.switchedByHand}
          onChange={(switchedByHand) => set({ switchedByHand })}
          choices={SwitchedByHand.options.map((value) => ({ value, text: t(`protection.${value}`) }))}
          isDisabled={form.isDisabled}
        />
        <SaveBar form={form} />
      </Section>
    </form>
  );
}

interface BudgetProps {
  readonly form: DraftForm<ProtectionDraft>;
}

function Seconds({ form }: BudgetProps): JSX.Element {
  const { t } = useTranslation("interlocks");
  const { budgetS: budget } = form.draft;
  return (
    <fieldset className={styles["group"]}>
      <legend>{t("protection.seconds")}</legend>
      <p className={styles["small"]}>{t("protection.empty")}</p>
      {SPANS.map((span) => (
        <DurationRow
          key={span}
          form={form}
          path={`budgetS.${span}`}
          label={t(`protection.${span}`)}
          value={budget[span]}
          onChange={(seconds) => form.set({ budgetS: { ...budget, [span]: seconds } })}
          isNullable
        />
      ))}
    </fieldset>
  );
}

function Millilitres({ form, hasFlow }: BudgetProps & { readonly hasFlow: boolean }): JSX.Element {
  const { t } = useTranslation("interlocks");
  const { budgetMl: budget } = form.draft;
  return (
    <fieldset className={styles["group"]}>
      <legend>{t("protection.millilitres")}</legend>
      <p className={styles["small"]}>{t(hasFlow ? "protection.empty" : "protection.volumeUnknown")}</p>
      {hasFlow && (
        <div className={styles["pair"]}>
          {SPANS.map((span) => (
            <NumberRow
              key={span}
              form={form}
              path={`budgetMl.${span}`}
              label={t(`protection.${span}`)}
              value={budget[span]}
              onChange={(ml) => form.set({ budgetMl: { ...budget, [span]: ml } })}
              display={ML}
              isNullable
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}
