import { Plus } from "lucide-react";
import type { JSX } from "react";
import { Button } from "../../components/button.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { NameRow } from "./fields-common.tsx";
import { type DraftOf, newAction, newCondition } from "./loop-draft.ts";
import { RuleActionFields } from "./rule-action-fields.tsx";
import { RuleConditionFields } from "./rule-condition-fields.tsx";

const MOST_CONDITIONS = 16;
const MOST_ACTIONS = 8;

/** If all of these hold, or any of them, then do those. */
export function RuleFields({ form }: { readonly form: DraftForm<DraftOf<"rule">> }): JSX.Element {
  const { t } = useTranslation("control");
  const { draft, set, isDisabled } = form;
  const { conditions, actions } = draft;
  return (
    <>
      <Section title={t("rule.if")} lead={t("rule.ifLead")}>
        <NameRow form={form} />
        {conditions.length > 1 && (
          <Segmented
            label={t("rule.match")}
            value={draft.match}
            onChange={(match) => set({ match })}
            choices={[
              { value: "all", text: t("rule.all") },
              { value: "any", text: t("rule.any") },
            ]}
            disabledReason={isDisabled ? t("form.notYours") : null}
          />
        )}
        <ol className={styles["items"]}>
          {conditions.map((condition, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; two may be alike
            <li key={`${at} ${condition.kind}`}>
              <RuleConditionFields
                form={form}
                at={at}
                condition={condition}
                onChange={(next) => set({ conditions: conditions.with(at, next) })}
                onRemove={conditions.length > 1 ? () => set({ conditions: conditions.toSpliced(at, 1) }) : null}
              />
            </li>
          ))}
        </ol>
        {!isDisabled && (
          <div>
            <Button
              disabledReason={
                conditions.length >= MOST_CONDITIONS ? t("rule.full", { most: MOST_CONDITIONS }) : null
              }
              onPress={() => set({ conditions: [...conditions, newCondition("above")] })}
            >
              <Plus aria-hidden="true" />
              {t("rule.addCondition")}
            </Button>
          </div>
        )}
      </Section>
      <Section title={t("rule.so")} lead={t("rule.soLead")}>
        <ol className={styles["items"]}>
          {actions.map((action, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an action is its place; two may be alike
            <li key={`${at} ${action.kind}`}>
              <RuleActionFields
                form={form}
                at={at}
                action={action}
                onChange={(next) => set({ actions: actions.with(at, next) })}
                onRemove={actions.length > 1 ? () => set({ actions: actions.toSpliced(at, 1) }) : null}
              />
            </li>
          ))}
        </ol>
        {!isDisabled && (
          <div>
            <Button
              disabledReason={actions.length >= MOST_ACTIONS ? t("rule.full", { most: MOST_ACTIONS }) : null}
              onPress={() => set({ actions: [...actions, newAction("output")] })}
            >
              <Plus aria-hidden="true" />
              {t("rule.addAction")}
            </Button>
          </div>
        )}
      </Section>
    </>
  );
}
