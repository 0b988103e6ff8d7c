import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./panel.module.css";

/** Where a DS18B20's number stands, and what to do where none is to be seen. */
export function RomIdHelp(): JSX.Element {
  const { t } = useTranslation("devices");
  return (
    <details className={styles["help"]}>
      <summary>{t("rom.title")}</summary>
      <ul>
        <li>
          {t("rom.folder")} <code>{t("rom.command")}</code>
        </li>
        <li>{t("rom.which")}</li>
        <li>{t("rom.label")}</li>
        <li>{t("rom.none")}</li>
      </ul>
    </details>
  );
}
