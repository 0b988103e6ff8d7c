import { type JSX, useState } from "react";
import { Link } from "wouter";
import { type Loop, LoopCreate } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import type { LoopPreview } from "#contract/what-if.ts";
import { tankNowMs } from "../../charts/tank-now.ts";
import { Select } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import formStyles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import { useDraftForm } from "../control/form/use-draft-form.ts";
import { loopChecks } from "../loops/loop-checks.ts";
import { draftOf, type LoopDraft } from "../loops/loop-draft.ts";
import { LOOP_TYPES } from "../loops/loop-types.ts";
import { LoopAnswer } from "./loop-answer.tsx";
import { LoopNumbers } from "./loop-numbers.tsx";
import { Outdated, Unasked } from "./notes.tsx";
import { extentOfChoice, type SpanChoice } from "./span-choice.ts";
import { TrialLayout } from "./trial-layout.tsx";
import { usePreview } from "./use-preview.ts";

interface LoopTrialProps {
  readonly loop: Loop;
  readonly onChoose: (loopId: string) => void;
  readonly span: SpanChoice;
  readonly onSpan: (span: SpanChoice) => void;
}

interface LoopQuestion {
  readonly draft: LoopDraft;
  readonly span: SpanChoice;
}

/** A kept loop with other numbers, on the past; nothing of it is kept. */
export function LoopTrial({ loop, onChoose, span, onSpan }: LoopTrialProps): JSX.Element {
  const { t } = useTranslation(["whatIf", "control"]);
  // One that is switched off is asked what it would do if it were not.
  const [initial] = useState<LoopDraft>(() => ({ ...draftOf(loop), isEnabled: true }));
  const preview = usePreview<LoopQuestion, LoopPreview>();
  const form = useDraftForm<LoopDraft>({
    initial,
    schema: LoopCreate,
    isNew: true,
    role: "viewer",
    check: loopChecks,
    save: async (draft) => {
      const { fromMs, toMs } = extentOfChoice(span, tankNowMs());
      const to = span.kind === "custom" ? { to: instantFrom(toMs) } : {};
      const request = { loop: LoopCreate.parse(draft), from: instantFrom(fromMs), ...to };
      await preview.run({ draft, span }, (signal) => core.api.loops.preview.mutate(request, { signal }));
      return null;
    },
  });
  const { answered } = preview;
  const isOutdated =
    answered !== null && (answered.question.draft !== form.draft || answered.question.span !== span);
  return (
    <TrialLayout
      form={form}
      label={loop.name}
      span={span}
      onSpan={onSpan}
      sinceMs={preview.sinceMs}
      onCancel={preview.cancel}
      fields={
        <Section title={t("loop.title")}>
          <LoopSelect loopId={loop.id} onChoose={onChoose} />
          <LoopNumbers form={form} />
          <div>
            <Link className={formStyles["link"]} href={`/control/${loop.id}`}>
              {t("loop.open")}
            </Link>
          </div>
        </Section>
      }
    >
      {isOutdated && <Outdated />}
      {answered === null && preview.sinceMs === null && <Unasked />}
      {answered !== null && (
        <LoopAnswer key={answered.turn} draft={answered.question.draft} preview={answered.answer} />
      )}
    </TrialLayout>
  );
}

function LoopSelect({ loopId, onChoose }: { readonly loopId: string; readonly onChoose: (id: string) => void }) {
  const { t } = useTranslation(["whatIf", "control"]);
  const loops = useTank((s) => s.loops);
  const byType = Map.groupBy(loops.values(), ({ type }) => type);
  return (
    <Select
      label={t("loop.choose")}
      value={loopId}
      onChange={onChoose}
      choices={LOOP_TYPES.flatMap((type) => byType.get(type) ?? []).map(({ id, name, type }) => ({
        value: id as string,
        text: t("loop.named", { name, type: t(`control:type.${type}`) }),
      }))}
    />
  );
}
