import type { JSX } from "react";
import type { SystemUsage } from "#contract/system.ts";
import { Failure, Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { useAnswer } from "../devices/use-answer.ts";
import { bytesIn } from "./bytes.ts";
import { Fact, Facts, Panel } from "./panel.tsx";
import styles from "./system.module.css";
import { useIsVisible } from "./use-is-visible.ts";

const EVERY_MS = 3_000;
/** From here on it is worth a word, %. */
const NEARLY_FULL_PCT = 90;

const askForUsage = (): Promise<SystemUsage> => core.api.system.usage.query();

/** What the program takes of its machine, now. */
export function MachinePanel(): JSX.Element {
  const { t } = useTranslation("settings");
  const isOnline = useConnection((c) => c.state === "online");
  const isVisible = useIsVisible();
  const { value: usage, problem, retry } = useAnswer(askForUsage, isVisible ? EVERY_MS : undefined);
  return (
    <Panel title={t("machine.title")} lead={isOnline ? undefined : t("health.old")}>
      {problem !== null && <Failure problem={problem} onRetry={retry} />}
      {usage === null && problem === null && <Loading lines={4} />}
      {usage !== null && <Usage usage={usage} />}
    </Panel>
  );
}

function Usage({ usage }: { readonly usage: SystemUsage }): JSX.Element {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const bytes = (count: number): string => bytesIn(formats.language, count);
  const of = (used: number, total: number): string => t("machine.of", { used: bytes(used), total: bytes(total) });
  return (
    <>
      <Bar name={t("machine.cpu")} pct={usage.cpuPct} words={`${formats.number(usage.cpuPct, 0)} %`} />
      <Bar
        name={t("machine.memory")}
        pct={(100 * usage.memoryUsedBytes) / usage.memoryTotalBytes}
        words={of(usage.memoryUsedBytes, usage.memoryTotalBytes)}
      />
      <Bar
        name={t("machine.disk")}
        pct={(100 * usage.diskUsedBytes) / usage.diskTotalBytes}
        words={of(usage.diskUsedBytes, usage.diskTotalBytes)}
      />
      <Facts>
        <Fact name={t("machine.program")}>{bytes(usage.processRssBytes)}</Fact>
        <Fact name={t("machine.load")}>{formats.number(usage.loadAverage1Min, 2)}</Fact>
      </Facts>
    </>
  );
}

interface BarProps {
  readonly name: string;
  readonly pct: number;
  readonly words: string;
}

function Bar({ name, pct, words }: BarProps): JSX.Element {
  const { t } = useTranslation("settings");
  const shown = Math.min(100, Math.max(0, Math.round(pct)));
  const isNearlyFull = shown >= NEARLY_FULL_PCT;
  return (
    <div className={styles["usage"]}>
      <span>{name}</span>
      <span className={styles["amount"]} data-full={isNearlyFull || undefined}>
        {words}
        {isNearlyFull && ` · ${t("machine.nearlyFull")}`}
      </span>
      {/* Drawn for the eye; the words beside it say the same. */}
      <div className={styles["bar"]} aria-hidden="true">
        <span data-full={isNearlyFull || undefined} style={{ inlineSize: `${shown}%` }} />
      </div>
    </div>
  );
}
