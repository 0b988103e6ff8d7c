import type { JSX } from "react";
import formStyles from "../control/form/form.module.css";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { DailyDoseRows, PhWindowRows } from "../loops/doser-rows.tsx";
import type { DraftOf, LoopDraft } from "../loops/loop-draft.ts";
import { RuleConditionFields } from "../loops/rule-condition-fields.tsx";
import { NightSetpointRow, SetpointRows } from "../loops/thermostat-rows.tsx";
import { FillDelayRows, FillLevelRows } from "../loops/top-off-rows.tsx";

type FormOf<T extends LoopDraft["type"]> = DraftForm<DraftOf<T>>;

/** The numbers of a loop that one would try; what it is wired to stays. */
export function LoopNumbers({ form }: { readonly form: DraftForm<LoopDraft> }): JSX.Element {
  switch (form.draft.type) {
    case "thermostat": {
      const own = form as unknown as FormOf<"thermostat">;
      return (
        <>
          <SetpointRows form={own} />
          <NightSetpointRow form={own} />
        </>
      );
    }
    case "top-off": {
      const own = form as unknown as FormOf<"top-off">;
      return (
        <>
          <FillLevelRows form={own} />
          <FillDelayRows form={own} />
        </>
      );
    }
    case "doser": {
      const own = form as unknown as FormOf<"doser">;
      return (
        <>
          <DailyDoseRows form={own} />
          <PhWindowRows form={own} />
        </>
      );
    }
    case "rule":
      return <Rule form={form as unknown as FormOf<"rule">} />;
  }
}

function Rule({ form }: { readonly form: FormOf<"rule"> }): JSX.Element {
  const { conditions } = form.draft;
  return (
    <ol className={formStyles["items"]}>
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; two may be alike
        <li key={`${at} ${condition.kind}`}>
          <RuleConditionFields
            form={form}
            at={at}
            condition={condition}
            onChange={(next) => form.set({ conditions: conditions.with(at, next) })}
            onRemove={null}
          />
        </li>
      ))}
    </ol>
  );
}
