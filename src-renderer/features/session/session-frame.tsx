import { Waves } from "lucide-react";
import { type JSX, type ReactNode, useEffect } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./session-frame.module.css";

interface SessionFrameProps {
  readonly title: string;
  readonly lead?: ReactNode;
  /** Beside a long form, where there is room for two columns; above it where there is not. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** What stands before the tank: whose controller this is, and the one thing to do. */
export function SessionFrame({ title, lead, aside, children }: SessionFrameProps): JSX.Element {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("app")}`;
  }, [title, t]);
  return (
    <main className={styles["frame"]}>
      <section
        className={styles["card"]}
        data-wide={aside !== undefined || undefined}
        aria-labelledby="session-title"
      >
        <header className={styles["head"]}>
          <p className={styles["brand"]}>
            <Waves aria-hidden="true" />
            {t("app")}
          </p>
          <h1 id="session-title">{title}</h1>
          {lead !== undefined && <div className={styles["lead"]}>{lead}</div>}
          {aside}
        </header>
        {children}
      </section>
    </main>
  );
}

interface NoticeProps {
  readonly tone: "calm" | "warn" | "crit";
  readonly children: ReactNode;
}

/** A sentence that must not be missed, above what it is about. */
export function Notice({ tone, children }: NoticeProps): JSX.Element {
  return (
    <div className={styles["notice"]} data-tone={tone} role={tone === "calm" ? "status" : "alert"}>
      {children}
    </div>
  );
}
