import { type JSX, memo, useLayoutEffect, useRef, useState } from "react";
import type { LogEntry } from "#contract/system.ts";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTimeZone } from "../../stores/tank.ts";
import styles from "./log.module.css";
import { fieldWords } from "./log-lines.ts";

/** Nearer to the end than this, px, is at the end. */
const AT_END_PX = 24;

/** To the second, and narrow: the year is known. */
const TIME: Intl.DateTimeFormatOptions = {
  day: "2-digit",
  month: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
};

interface LogTailProps {
  readonly lines: readonly LogEntry[];
  readonly isFollowing: boolean;
  readonly emptyWords: string;
}

/** The lines, newest at the bottom; follows them until somebody scrolls up to read. */
export function LogTail({ lines, isFollowing, emptyWords }: LogTailProps): JSX.Element {
  const { t, i18n } = useTranslation("settings");
  const timeZone = useTimeZone();
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const time = new Intl.DateTimeFormat(i18n.language, { ...TIME, timeZone });

  const toEnd = (): void => {
    const element = box.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end
  useLayoutEffect(() => {
    if (isFollowing && isAtEnd) toEnd();
  }, [lines, isFollowing, isAtEnd]);

  return (
    <div className={styles["tail"]}>
      <div
        ref={box}
        className={styles["lines"]}
        role="log"
        aria-live="off"
        aria-label={t("log.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too
        tabIndex={0}
        onScroll={({ currentTarget: at }) =>
          setAtEnd(at.scrollTop + at.clientHeight >= at.scrollHeight - AT_END_PX)
        }
      >
        {lines.length === 0 && <p className={styles["none"]}>{emptyWords}</p>}
        {lines.map((entry) => (
          <Line
            key={entry.id}
            entry={entry}
            time={time.format(Date.parse(entry.at))}
            level={t(`log.levels.${entry.level}`)}
          />
        ))}
      </div>
      {!isAtEnd && (
        <div className={styles["to-end"]}>
          <Button kind="primary" onPress={toEnd}>
            {t("log.toEnd")}
          </Button>
        </div>
      )}
    </div>
  );
}

interface LineProps {
  readonly entry: LogEntry;
  readonly time: string;
  readonly level: string;
}

const Line = memo(function Line({ entry, time, level }: LineProps): JSX.Element {
  const fields = fieldWords(entry);
  return (
    <p className={styles["line"]} data-level={entry.level}>
      <time dateTime={entry.at}>{time}</time> <strong>{level}</strong> <span>{entry.part}</span>{" "}
      <span className={styles["message"]}>{entry.message}</span>
      {fields !== "" && <small> {fields}</small>}
    </p>
  );
});
