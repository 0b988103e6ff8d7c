import { Copy, Pause, Play } from "lucide-react";
import { type JSX, useState } from "react";
import { type LogEntry, LogLevel } from "#contract/system.ts";
import { Button } from "../../components/button.tsx";
import { TextField } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { copyText } from "./copy-text.ts";
import styles from "./log.module.css";
import { linesMatching, plainLine } from "./log-lines.ts";
import { LogTail } from "./log-tail.tsx";
import { Panel } from "./panel.tsx";
import { SavedNote } from "./saved-note.tsx";
import settings from "./settings.module.css";
import { useLog } from "./use-log.ts";

/** What the core says, as it says it. */
export function LogViewer(): JSX.Element {
  const { t } = useTranslation("settings");
  const [level, setLevel] = useState<LogLevel>("info");
  const [searched, setSearched] = useState("");
  /** What was there when it was paused; null: it runs. */
  const [held, setHeld] = useState<readonly LogEntry[] | null>(null);
  const [copied, setCopied] = useState<number | "refused" | null>(null);
  const { lines, problem } = useLog(level);
  const shown = linesMatching(held ?? lines ?? [], searched);
  const emptyWords = searched.trim() === "" ? t("log.empty") : t("log.noMatch");

  const copy = async (): Promise<void> => {
    const isCopied = await copyText(shown.map(plainLine).join("\n"));
    setCopied(isCopied ? shown.length : "refused");
  };
  return (
    <Panel
      title={t("log.title")}
      lead={held === null ? t("log.live") : t("log.paused")}
      actions={
        <>
          <Button onPress={() => setHeld(held === null ? (lines ?? []) : null)}>
            {held === null ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
            {held === null ? t("log.pause") : t("log.resume")}
          </Button>
          <Button onPress={() => void copy()} disabledReason={shown.length === 0 ? t("log.nothingToCopy") : null}>
            <Copy aria-hidden="true" />
            {t("log.copy")}
          </Button>
        </>
      }
    >
      <div className={styles["tools"]}>
        <div className={settings["group"]}>
          <span className={settings["group-name"]} aria-hidden="true">
            {t("log.level")}
          </span>
          <Segmented
            label={t("log.level")}
            value={level}
            onChange={(next) => {
              setHeld(null);
              setLevel(next);
            }}
            choices={LogLevel.options.map((value) => ({ value, text: t(`log.from.${value}`) }))}
          />
        </div>
        <TextField label={t("log.search")} type="search" value={searched} onChange={setSearched} />
      </div>
      {problem !== null && <Failure problem={problem} />}
      {copied !== null && (
        <SavedNote>{copied === "refused" ? t("log.copyRefused") : t("log.copied", { count: copied })}</SavedNote>
      )}
      {lines === null && problem === null ? (
        <Loading lines={6} />
      ) : (
        <LogTail lines={shown} isFollowing={held === null} emptyWords={emptyWords} />
      )}
    </Panel>
  );
}
