import { Info } from "lucide-react";
import { type JSX, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./running-note.module.css";

/** Asked once: the address loses it at the first step to another page. The desktop app sets it. */
const foundRunning = new URLSearchParams(location.search).get("running") === "1";

/** Says once that this window has no controller of its own, because one was running on this machine already. */
export function RunningNote(): JSX.Element | null {
  const { t } = useTranslation();
  const [isRead, setRead] = useState(false);
  if (!foundRunning || isRead) return null;
  return (
    <aside className={styles["note"]}>
      <Info aria-hidden="true" />
      <p>{t("connection.foundRunning")}</p>
      <Button kind="quiet" onPress={() => setRead(true)}>
        {t("action.close")}
      </Button>
    </aside>
  );
}
