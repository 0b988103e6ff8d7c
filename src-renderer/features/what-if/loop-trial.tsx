import type { JSX } from "react";
import { Link } from "wouter";
import { type Loop, LoopCreate } from "#contract/loops.ts";
import type { LoopPreview } from "#contract/what-if.ts";
import { Select } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";
import formStyles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import { loopChecks } from "../loops/loop-checks.ts";
import { draftOf, type LoopDraft } from "../loops/loop-draft.ts";
import { LOOP_TYPES } from "../loops/loop-types.ts";
import { LoopAnswer } from "./loop-answer.tsx";
import { LoopNumbers } from "./loop-numbers.tsx";
import type { SpanChoice } from "./span-choice.ts";
import { TrialLayout } from "./trial-layout.tsx";
import { useTrial } from "./use-trial.ts";

interface LoopTrialProps {
  readonly loop: Loop;
  readonly onChoose: (loopId: string) => void;
  readonly span: SpanChoice;
  readonly onSpan: (span: SpanChoice) => void;
}

/** A kept loop with other numbers, on the past; nothing of it is kept. */
export function LoopTrial({ loop, onChoose, span, onSpan }: LoopTrialProps): JSX.Element {
  const { t } = useTranslation(["whatIf", "control"]);
  const trial = useTrial<LoopDraft, LoopCreate, LoopPreview>({
    // One that is switched off is asked what it would do if it were not.
    initial: { ...draftOf(loop), isEnabled: true },
    schema: LoopCreate,
    check: loopChecks,
    span,
    ask: (question, past, signal) => core.api.loops.preview.mutate({ loop: question, ...past }, { signal }),
  });
  return (
    <TrialLayout
      trial={trial}
      label={loop.name}
      onSpan={onSpan}
      fields={
        <Section title={t("loop.title")}>
          <LoopSelect loopId={loop.id} onChoose={onChoose} />
          <LoopNumbers form={trial.form} />
          <div>
            <Link className={formStyles["link"]} href={`/control/${loop.id}`}>
              {t("loop.open")}
            </Link>
          </div>
        </Section>
      }
      answer={(draft, preview) => <LoopAnswer draft={draft} preview={preview} />}
    />
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
