import { type JSX, useState } from "react";
import { CustomSpan } from "../../charts/custom-span.tsx";
import { tankNowMs } from "../../charts/tank-now.ts";
import { Segmented } from "../../components/segmented.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import form from "../control/form/form.module.css";
import { extentOfChoice, isTooLong, LAST_SPANS, type LastSpan, type SpanChoice } from "./span-choice.ts";

interface SpanFieldProps {
  readonly span: SpanChoice;
  readonly onSpan: (span: SpanChoice) => void;
}

const SPANS = Object.keys(LAST_SPANS) as readonly LastSpan[];

/** Which past it is tried on. */
export function SpanField({ span, onSpan }: SpanFieldProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const formats = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const value = isOpen || span.kind === "custom" ? "custom" : span.span;
  const choose = (chosen: LastSpan | "custom"): void => {
    setIsOpen(chosen === "custom");
    if (chosen !== "custom") onSpan({ kind: "last", span: chosen });
  };
  return (
    <section className={form["section"]} aria-label={t("span.label")}>
      <h2>{t("span.label")}</h2>
      <Segmented
        label={t("span.label")}
        value={value}
        onChange={choose}
        choices={[
          ...SPANS.map((one) => ({ value: one, text: t(`span.${one}`) })),
          { value: "custom" as const, text: t("span.custom") },
        ]}
      />
      {isOpen && (
        <CustomSpan
          extent={extentOfChoice(span, tankNowMs())}
          action={t("span.take")}
          onShow={(extent) => {
            setIsOpen(false);
            onSpan({ kind: "custom", extent });
          }}
        />
      )}
      {!isOpen && span.kind === "custom" && (
        <p className={form["note"]}>
          {t("span.between", {
            from: formats.dateTime(span.extent.fromMs),
            to: formats.dateTime(span.extent.toMs),
          })}
        </p>
      )}
      {span.kind === "custom" && isTooLong(span.extent) && <p className={form["error"]}>{t("span.tooLong")}</p>}
    </section>
  );
}
