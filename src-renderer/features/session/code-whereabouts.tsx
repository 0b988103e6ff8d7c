import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./session-frame.module.css";

/** Where the one-time code stands, for who cannot be told it by the window. */
export function CodeWhereabouts(): JSX.Element {
  const { t } = useTranslation("session");
  return (
    <details className={styles["where"]}>
      <summary>{t("where.title")}</summary>
      <ul>
        <li>{t("where.terminal")}</li>
        <li>
          {t("where.service")} <code>journalctl -u bellas-reef | grep "setup code"</code>
        </li>
        <li>{t("where.window")}</li>
      </ul>
      <p>{t("where.restart")}</p>
    </details>
  );
}
