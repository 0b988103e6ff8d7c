import type { JSX } from "react";
import type { OutputReason } from "#contract/outputs.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useOutput } from "../../stores/tank.ts";
import { momentWords } from "../equipment/moment.ts";
import { OutputFaults } from "../equipment/output-faults.tsx";
import { furtherBlocks } from "../equipment/output-view.ts";
import { useReasonWords } from "../equipment/use-reason-words.ts";
import { InterlockList } from "./interlock-list.tsx";
import styles from "./interlocks.module.css";

/** Why an output is on, or why it is not, with every reason there is, and all that it waits for. */
export function InterlockPanel({ channelId }: { readonly channelId: string }): JSX.Element | null {
  const { t } = useTranslation("interlocks");
  const output = useOutput(channelId);
  if (output === undefined) return null;
  const reasons = [output.reason, ...furtherBlocks(output)];
  const kind = output.actual === null ? "unknown" : output.actual > 0 ? "on" : "off";
  return (
    <section className={styles["panel"]} aria-labelledby="interlocks-title">
      <h2 id="interlocks-title">{t(`why.${kind}`)}</h2>
      <ul className={styles["reasons"]} aria-label={t("reasons")}>
        {reasons.map((reason) => (
          <Reason key={reason.code + reason.text} reason={reason} />
        ))}
      </ul>
      <OutputFaults output={output} />
      <InterlockList output={output} />
    </section>
  );
}

function Reason({ reason }: { readonly reason: OutputReason }): JSX.Element {
  const { t } = useTranslation("equipment");
  const words = useReasonWords();
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const untilMs = reason.until === null ? null : Date.parse(reason.until);
  return (
    <li>
      {words.reason(reason)}{" "}
      {untilMs !== null && (
        <small>
          {t("until.wait", {
            left: formats.duration(untilMs - nowMs),
            time: momentWords(formats, untilMs, nowMs),
          })}
        </small>
      )}
    </li>
  );
}
