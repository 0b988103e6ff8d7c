import { Fragment, type JSX, type ReactNode, type SubmitEvent } from "react";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import formStyles from "../control/form/form.module.css";
import { Outdated, Unasked } from "./notes.tsx";
import { isTooLong, type SpanChoice } from "./span-choice.ts";
import { SpanField } from "./span-field.tsx";
import type { Trial } from "./use-trial.ts";
import styles from "./what-if.module.css";

interface TrialLayoutProps<D extends object, A> {
  readonly trial: Trial<D, A>;
  readonly label: string;
  readonly onSpan: (span: SpanChoice) => void;
  readonly fields: ReactNode;
  /** What came of it. */
  readonly answer: (asked: D, answer: A) => ReactNode;
}

/** The span's ends are a form of their own, so that the button stands outside of the one it sends. */
const FORM_ID = "what-if";

/** The question on one side, its answer on the other. */
export function TrialLayout<D extends object, A>(props: TrialLayoutProps<D, A>): JSX.Element {
  const { trial, label, onSpan, fields, answer } = props;
  const { form, span, preview, isOutdated } = trial;
  const { answered, sinceMs } = preview;
  const { t } = useTranslation("whatIf");
  const tooLong = span.kind === "custom" && isTooLong(span.extent) ? t("span.tooLong") : null;
  const blocked = form.saveBlocked ?? tooLong;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (blocked === null) form.submit(event);
  };
  return (
    <div className={styles["trial"]}>
      <div className={styles["question"]}>
        <form id={FORM_ID} className={formStyles["form"]} onSubmit={submit} aria-label={label} noValidate>
          {fields}
        </form>
        <SpanField span={span} onSpan={onSpan} />
        <section className={`${formStyles["section"]} ${styles["run"]}`} aria-label={t("run.do")}>
          {form.problem !== null && <Failure problem={form.problem} />}
          {form.otherRefusals.length > 0 && (
            <ul className={formStyles["error"]}>
              {form.otherRefusals.map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          )}
          {sinceMs === null ? (
            <Button kind="primary" type="submit" form={FORM_ID} disabledReason={blocked}>
              {t("run.do")}
            </Button>
          ) : (
            <Progress sinceMs={sinceMs} onCancel={preview.cancel} />
          )}
        </section>
      </div>
      <div className={styles["answer"]}>
        {isOutdated && <Outdated />}
        {answered === null && sinceMs === null && <Unasked />}
        {answered !== null && (
          <Fragment key={answered.turn}>{answer(answered.question.draft, answered.answer)}</Fragment>
        )}
      </div>
    </div>
  );
}

/** The core does not tell how far it is: for how long it has been at it, and how long it may take at most. */
function Progress({
  sinceMs,
  onCancel,
}: {
  readonly sinceMs: number;
  readonly onCancel: () => void;
}): JSX.Element {
  const { t } = useTranslation(["whatIf", "common"]);
  const formats = useFormats();
  const nowMs = useTankNowMs();
  return (
    <div className={styles["progress"]}>
      <div>
        <p role="status">{t("run.working")}</p>
        <p className={formStyles["small"]}>{t("run.since", { time: formats.duration(nowMs - sinceMs) })}</p>
      </div>
      <Button onPress={onCancel}>{t("common:action.cancel")}</Button>
      <div className={styles["bar"]} aria-hidden="true" />
    </div>
  );
}
