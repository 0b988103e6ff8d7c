import { type JSX, type SubmitEvent, useId, useState } from "react";
import { Button } from "../components/button.tsx";
import { useFormats } from "../i18n/formats.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import styles from "./range-bar.module.css";
import { tankNowMs } from "./tank-now.ts";
import type { Extent } from "./view.ts";
import { inputOf, instantOfInput } from "./zone.ts";

interface CustomSpanProps {
  readonly extent: Extent;
  readonly onShow: (extent: Extent) => void;
  /** What the button says instead of "Show". */
  readonly action?: string;
}

/** Any span by its two ends, in the tank's time. */
export function CustomSpan({ extent, onShow, action }: CustomSpanProps): JSX.Element {
  const { t } = useTranslation("channel");
  const { timeZone } = useFormats();
  const noteId = useId();
  const [from, setFrom] = useState(inputOf(extent.fromMs, timeZone));
  const [to, setTo] = useState(inputOf(extent.toMs, timeZone));
  const [fromMs, toMs] = [instantOfInput(from, timeZone), instantOfInput(to, timeZone)];
  const chosen =
    fromMs !== null && toMs !== null && fromMs < toMs && fromMs < tankNowMs() ? { fromMs, toMs } : null;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (chosen !== null) onShow(chosen);
  };
  const field = (label: string, value: string, onChange: (text: string) => void) => (
    <label className={styles["field"]}>
      {label}
      <input
        className={styles["input"]}
        type="datetime-local"
        value={value}
        aria-describedby={noteId}
        aria-invalid={chosen === null}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
  return (
    <form className={styles["custom"]} onSubmit={submit}>
      {field(t("range.from"), from, setFrom)}
      {field(t("range.to"), to, setTo)}
      <Button
        kind="primary"
        type="submit"
        isReasonHidden
        disabledReason={chosen === null ? t("range.orderHelp") : null}
      >
        {action ?? t("range.show")}
      </Button>
      <p id={noteId} className={styles["note"]}>
        {chosen === null ? t("range.orderHelp") : t("range.zoneHelp", { zone: timeZone })}
      </p>
    </form>
  );
}
