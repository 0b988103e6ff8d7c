import { type JSX, type SubmitEvent, useCallback } from "react";
import { useLocation } from "wouter";
import { AlarmCreate, AlarmPatch } from "#contract/alarms.ts";
import { instantFrom } from "#contract/time.ts";
import type { AlarmPreview } from "#contract/what-if.ts";
import { tankNowMs } from "../../charts/tank-now.ts";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { noteAlarm } from "../../stores/alarms.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useAct } from "../../stores/use-act.ts";
import styles from "../control/form/form.module.css";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { type DraftForm, useDraftForm } from "../control/form/use-draft-form.ts";
import modeStyles from "../modes/modes.module.css";
import { AlarmAnswer } from "../what-if/alarm-answer.tsx";
import { Outdated } from "../what-if/notes.tsx";
import { type Preview, usePreview } from "../what-if/use-preview.ts";
import { type AlarmFormDraft, canBeTried, formChecks, formDraftOf, isSameQuestion } from "./alarm-form-draft.ts";
import { Answering, Conditions, Subject } from "./alarm-form-sections.tsx";

interface AlarmFormProps {
  readonly initial: AlarmFormDraft;
  /** null: it is to be made. */
  readonly alarmId: string | null;
}

const PREVIEW_MS = 30 * 86_400_000;

/** What it watches, when it rings and what then; kept only once it was tried on the last 30 days. */
export function AlarmForm({ initial, alarmId }: AlarmFormProps): JSX.Element {
  const { t } = useTranslation(["alarms", "control"]);
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const preview = usePreview<AlarmFormDraft, AlarmPreview>();
  const save = useCallback(
    async (draft: AlarmFormDraft, changes: Partial<AlarmFormDraft>): Promise<AlarmFormDraft | null> => {
      if (alarmId === null) {
        const made = await core.api.alarms.create.mutate(AlarmCreate.parse(draft));
        noteAlarm(made.id, made);
        navigate("/alarms/all", { replace: true });
        return null;
      }
      const kept = await core.api.alarms.patch.mutate({ id: alarmId, ...AlarmPatch.parse(changes) });
      noteAlarm(kept.id, kept);
      return formDraftOf(kept);
    },
    [alarmId, navigate],
  );
  const form = useDraftForm<AlarmFormDraft>({
    initial,
    schema: AlarmCreate,
    isNew: alarmId === null,
    check: formChecks,
    save,
  });
  const isTried = preview.answered !== null && isSameQuestion(preview.answered.question, form.draft);
  // Words alone ring no more often.
  const isDue = canBeTried(form.draft) && !isTried && (alarmId === null || !isSameQuestion(initial, form.draft));
  const gated = gatedBy(form, isDue ? t("form.tryFirst") : null);
  return (
    <form className={modeStyles["editor"]} onSubmit={gated.submit} aria-label={t("form.label")} noValidate>
      <div className={styles["form"]}>
        {blocked !== null && <p className={styles["note"]}>{t("control:form.whoMay", { reason: blocked })}</p>}
        <Subject form={form} />
        <Conditions form={form} />
        <Answering form={form} />
      </div>
      <div className={modeStyles["aside"]}>
        <Section
          title={t("form.preview")}
          lead={t(canBeTried(form.draft) ? "form.previewLead" : "form.noPreview")}
        >
          {canBeTried(form.draft) && <Trial form={form} preview={preview} isTried={isTried} />}
          <SaveBar form={gated} {...(alarmId === null ? { action: t("form.create") } : {})} />
        </Section>
      </div>
    </form>
  );
}

interface TrialProps {
  readonly form: DraftForm<AlarmFormDraft>;
  readonly preview: Preview<AlarmFormDraft, AlarmPreview>;
  readonly isTried: boolean;
}

/** How often it would have rung; anybody may ask that. */
function Trial({ form, preview, isTried }: TrialProps): JSX.Element {
  const { t } = useTranslation(["alarms", "common"]);
  const blocked = useBlocked("viewer");
  const act = useAct();
  const { draft } = form;
  const { answered, sinceMs } = preview;
  // A name or a response that is still missing is no reason not to know.
  const asked = AlarmCreate.safeParse({ ...draft, name: draft.name || "?", response: draft.response || "?" });
  const isWhole = asked.success && ![...formChecks(draft)].length;
  const ask = async (): Promise<void> => {
    if (!asked.success) return;
    const nowMs = tankNowMs();
    const request = { alarm: asked.data, from: instantFrom(nowMs - PREVIEW_MS), to: instantFrom(nowMs) };
    await preview.run(draft, (signal) => core.api.alarms.preview.mutate(request, { signal }));
  };
  return (
    <>
      {act.problem !== null && <Failure problem={act.problem} />}
      {answered !== null && (
        <>
          {!isTried && <Outdated />}
          <AlarmAnswer key={answered.turn} draft={answered.question} preview={answered.answer} isBare />
        </>
      )}
      {sinceMs === null ? (
        <div>
          <Button
            kind={isTried ? "plain" : "primary"}
            disabledReason={blocked ?? (isWhole ? null : t("common:blocked.invalid"))}
            onPress={() => void act.run(ask)}
          >
            {t("form.try")}
          </Button>
        </div>
      ) : (
        <p className={styles["note"]} role="status">
          {t("form.trying")}
        </p>
      )}
    </>
  );
}

/** The same form, which cannot be sent for one more reason. */
function gatedBy<D extends object>(form: DraftForm<D>, reason: string | null): DraftForm<D> {
  if (reason === null) return form;
  return {
    ...form,
    saveBlocked: form.saveBlocked ?? reason,
    submit: (event: SubmitEvent) => event.preventDefault(),
  };
}
