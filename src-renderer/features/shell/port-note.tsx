import { TriangleAlert } from "lucide-react";
import { type JSX, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import styles from "./running-note.module.css";

/** Says that another program has the port this controller was to answer at, and where it answers instead. */
export function PortNote(): JSX.Element | null {
  const { t } = useTranslation();
  const address = useTank((s) => s.info?.address ?? null);
  const [isRead, setRead] = useState(false);
  if (address === null || address.takenPort === null || isRead) return null;
  return (
    <aside className={styles["note"]} data-tone="look">
      <TriangleAlert aria-hidden="true" />
      <p>{t("connection.portTaken", { port: String(address.takenPort), url: address.url })}</p>
      <Button kind="quiet" onPress={() => setRead(true)}>
        {t("action.close")}
      </Button>
    </aside>
  );
}
