import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useOutput } from "../../stores/tank.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";
import styles from "./current-value.module.css";

const FULL_PCT = 100;

/** What an output does now, and why. */
export function CurrentOutput({ channelId }: { readonly channelId: string }): JSX.Element {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const { reason } = useReasonWords();
  const output = useOutput(channelId);
  const isOnline = useConnection((c) => c.state === "online");
  const words = (levelPct: number | null): string => {
    if (levelPct === null) return t("output.unknown");
    if (levelPct === 0) return t("output.off");
    return levelPct === FULL_PCT ? t("output.on") : t("output.at", { level: formats.number(levelPct, 0) });
  };
  const isKnown = output !== undefined && output.actual !== null && isOnline;
  return (
    <section className={styles["card"]} data-freshness={isKnown ? "live" : "stale"} aria-label={t("now")}>
      <h2 className={styles["title"]}>{t("now")}</h2>
      <p className={styles["value"]}>{words(output?.actual ?? null)}</p>
      {output !== undefined && (
        <>
          <p className={styles["why"]}>
            {reason(output.reason)}
            {output.reason.until !== null &&
              ` ${t("output.until", { time: formats.dateTime(Date.parse(output.reason.until)) })}`}
          </p>
          <p className={styles["state"]} data-state={isKnown ? "known" : "stale"}>
            {isOnline ? stateWords(output) : t("notConnected")}
          </p>
        </>
      )}
    </section>
  );

  function stateWords({ confirmation, requested, actual }: NonNullable<typeof output>): string {
    const confirmed = t(`confirmation.${confirmation}`);
    return requested === actual
      ? confirmed
      : `${t("output.requested", { level: words(requested) })}, ${confirmed}`;
  }
}
