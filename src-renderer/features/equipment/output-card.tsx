import { type JSX, lazy, memo } from "react";
import { Link } from "wouter";
import type { Channel } from "#contract/channels.ts";
import type { Output } from "#contract/outputs.ts";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useOutput } from "../../stores/tank.ts";
import { Countdown } from "./countdown.tsx";
import styles from "./output-card.module.css";
import { OutputControl } from "./output-control.tsx";
import { OutputFaults } from "./output-faults.tsx";
import { furtherBlocks, isUnsettled, lampOf, type OutputLamp } from "./output-view.ts";
import { useLevelWords } from "./use-level-words.ts";
import { useReasonWords } from "./use-reason-words.ts";

const OutputDetails = lazy(async () => ({
  default: (await import("../interlocks/output-details.tsx")).OutputDetails,
}));

interface OutputCardProps {
  readonly channel: Channel;
  /** Without what is only looked up: its limits and its safe state. */
  readonly isBrief?: boolean;
}

/** One output: what it is doing for certain, why and until when, and the hand on it. */
export const OutputCard = memo(function OutputCard({ channel, isBrief = false }: OutputCardProps): JSX.Element {
  const { t } = useTranslation(["equipment", "common"]);
  const output = useOutput(channel.id);
  const isOnline = useConnection((c) => c.state === "online");
  const lamp = output === undefined ? "unknown" : lampOf(output, isOnline);
  return (
    <article
      className={styles["card"]}
      data-brief={isBrief || undefined}
      data-lamp={lamp}
      data-channel={channel.id}
    >
      <header className={styles["head"]}>
        <span className={styles["dot"]} aria-hidden="true" />
        <h3>
          <Link href={`/channels/${channel.id}`}>{channel.name}</Link>
        </h3>
        <OutputLevel output={output} lamp={lamp} />
      </header>
      {output === undefined ? (
        <p className={styles["why"]}>{t("notTold")}</p>
      ) : (
        <>
          <Why output={output} />
          <OutputFaults output={output} />
          <OutputControl channel={channel} output={output} />
          {!isBrief && (
            <LoadBoundary>
              <OutputDetails output={output} />
            </LoadBoundary>
          )}
        </>
      )}
    </article>
  );
});

interface OutputLevelProps {
  readonly output: Output | undefined;
  readonly lamp: OutputLamp;
}

/** What its device says, in a word; where that is not certain, that it is not. */
function OutputLevel({ output, lamp }: OutputLevelProps): JSX.Element {
  const { t } = useTranslation(["equipment", "common"]);
  const words = useLevelWords();
  const isCertain = lamp === "on" || lamp === "off";
  const text =
    isCertain && output?.actual != null ? words(output.actual) : t(`lamp.${isCertain ? "unknown" : lamp}`);
  return <span className={styles["level"]}>{text}</span>;
}

function Why({ output }: { readonly output: Output }): JSX.Element {
  const words = useReasonWords();
  const { reason, owner } = output;
  return (
    <div className={styles["why"]}>
      <Settling output={output} />
      <p>
        {reason.code === "override" ? words.byHand(output) : words.reason(reason)}{" "}
        {reason.until !== null && <Countdown until={reason.until} kind={owner === "manual" ? "auto" : "wait"} />}
      </p>
      {furtherBlocks(output).map((block) => (
        <p key={block.text} className={styles["block"]}>
          {words.reason(block)} {block.until !== null && <Countdown until={block.until} kind="wait" />}
        </p>
      ))}
    </div>
  );
}

/** Asked against said, while the two differ or nobody confirmed. */
function Settling({ output }: { readonly output: Output }): JSX.Element | null {
  const { t } = useTranslation(["equipment", "common"]);
  const words = useLevelWords();
  if (!isUnsettled(output)) return null;
  const { requested, actual, confirmation, owner } = output;
  const asked = words(requested);
  const said = actual === null ? t("common:state.unknown") : words(actual);
  return (
    <p className={styles["settling"]} data-confirmation={confirmation} role="status">
      {owner === "none" && actual === null
        ? t("settling.unasked")
        : t(`settling.${confirmation}`, { asked, said })}
    </p>
  );
}
