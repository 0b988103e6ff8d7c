import type { JSX } from "react";
import type { Resolution } from "#contract/history.ts";
import type { LoopPreview } from "#contract/what-if.ts";
import type { Extent } from "../../charts/view.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./what-if.module.css";

/** Before anything was asked. */
export function Unasked(): JSX.Element {
  const { t } = useTranslation("whatIf");
  return (
    <div className={styles["unasked"]}>
      <p>{t("unasked")}</p>
      <p>{t("harmless")}</p>
    </div>
  );
}

/** The question is another one by now. */
export function Outdated(): JSX.Element {
  const { t } = useTranslation("whatIf");
  return (
    <p className={styles["outdated"]} role="status">
      {t("outdated")}
    </p>
  );
}

/** In what the past was known, where that was less than every reading. */
export function ResolutionNote({ resolution }: { readonly resolution: Resolution }): JSX.Element | null {
  const { t } = useTranslation("whatIf");
  if (resolution === "raw") return null;
  return <p className={styles["outdated"]}>{t("rollup", { step: t(`step.${resolution}`) })}</p>;
}

/** A past that begins this much of the span later than was asked for is told. */
const LATER_FRACTION = 0.02;

interface SpanNoteProps {
  readonly preview: Pick<LoopPreview, "from" | "to" | "readings">;
  /** Of it, what anything is known of. */
  readonly whole: Extent;
}

/** From when to when, by how many readings, and whether the records begin later than that. */
export function SpanNote({ preview, whole }: SpanNoteProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const formats = useFormats();
  const fromMs = Date.parse(preview.from);
  const isLater = whole.fromMs - fromMs > LATER_FRACTION * (whole.toMs - fromMs);
  const from = formats.dateTime(fromMs);
  const readings = t("answer.readings", { count: preview.readings });
  return (
    <p className={styles["note"]}>
      {t("answer.span", { from, to: formats.dateTime(whole.toMs), readings })}{" "}
      {isLater && t("answer.since", { from: formats.dateTime(whole.fromMs) })}
    </p>
  );
}
