import { type JSX, useCallback } from "react";
import { useLocation } from "wouter";
import { type Loop, LoopCreate, LoopPatch } from "#contract/loops.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { withChanges } from "../../stores/mirror.ts";
import { useTank } from "../../stores/tank.ts";
import formStyles from "../control/form/form.module.css";
import { SaveBar } from "../control/form/save-bar.tsx";
import { type DraftForm, useDraftForm } from "../control/form/use-draft-form.ts";
import { DoserFields } from "./doser-fields.tsx";
import { EnabledRow } from "./fields-common.tsx";
import { loopChecks } from "./loop-checks.ts";
import { LoopCurves } from "./loop-curves.tsx";
import { type DraftOf, draftOf, type LoopDraft } from "./loop-draft.ts";
import styles from "./loop-form.module.css";
import { RuleFields } from "./rule-fields.tsx";
import { ThermostatFields } from "./thermostat-fields.tsx";
import { TopOffFields } from "./top-off-fields.tsx";

interface LoopFormProps {
  readonly initial: LoopDraft;
  /** null: it is to be made. */
  readonly loopId: string | null;
}

/** A loop's settings in sections, beside what it goes by as it was in the last day. */
export function LoopForm({ initial, loopId }: LoopFormProps): JSX.Element {
  const { t } = useTranslation("control");
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const save = useCallback(
    async (draft: LoopDraft, changes: Partial<LoopDraft>): Promise<LoopDraft | null> => {
      if (loopId === null) {
        const made = await core.api.loops.create.mutate(LoopCreate.parse(draft));
        noteLoop(made.id, made);
        navigate(`/control/${made.id}`, { replace: true });
        return null;
      }
      const kept = await core.api.loops.patch.mutate({ id: loopId, ...LoopPatch.parse(changes) });
      noteLoop(kept.id, kept);
      return draftOf(kept);
    },
    [loopId, navigate],
  );
  const form = useDraftForm<LoopDraft>({
    initial,
    schema: LoopCreate,
    isNew: loopId === null,
    check: loopChecks,
    save,
  });
  return (
    <form className={styles["editor"]} onSubmit={form.submit} aria-label={form.draft.name} noValidate>
      <div className={styles["curve"]}>
        <LoopCurves draft={form.draft} />
      </div>
      <div className={formStyles["form"]}>
        {blocked !== null && <p className={formStyles["note"]}>{t("form.whoMay", { reason: blocked })}</p>}
        <Fields form={form} />
        <section className={formStyles["section"]}>
          <EnabledRow form={form} />
        </section>
        <section className={`${formStyles["section"]} ${styles["bar"]}`}>
          <SaveBar form={form} {...(loopId === null ? { action: t("form.create") } : {})} />
        </section>
      </div>
    </form>
  );
}

/** A form's draft never changes its type. */
function Fields({ form }: { readonly form: DraftForm<LoopDraft> }): JSX.Element {
  switch (form.draft.type) {
    case "thermostat":
      return <ThermostatFields form={form as unknown as DraftForm<DraftOf<"thermostat">>} />;
    case "top-off":
      return <TopOffFields form={form as unknown as DraftForm<DraftOf<"top-off">>} />;
    case "doser":
      return <DoserFields form={form as unknown as DraftForm<DraftOf<"doser">>} />;
    case "rule":
      return <RuleFields form={form as unknown as DraftForm<DraftOf<"rule">>} />;
  }
}

/** What was just saved is shown before the core tells of it. */
export function noteLoop(id: string, loop: Loop | null): void {
  useTank.setState((tank) => ({ loops: withChanges(tank.loops, [[id, loop]]) }));
}
