import { Unplug } from "lucide-react";
import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import styles from "./connection-banner.module.css";

/** The one banner: the core is not there, since when, and that it is being looked for. */
export function ConnectionBanner(): JSX.Element | null {
  const { t } = useTranslation();
  const formats = useFormats();
  const isOffline = useConnection((c) => c.state === "offline");
  const sinceMs = useConnection((c) => c.sinceMs);
  const clockOffsetMs = useConnection((c) => c.clockOffsetMs);
  if (!isOffline) return null;
  return (
    <div className={styles["banner"]} role="alert">
      <Unplug aria-hidden="true" />
      <p>
        <strong>{t("connection.offline", { time: formats.time(sinceMs + clockOffsetMs) })}</strong>{" "}
        {t("connection.stillTrying")}
      </p>
    </div>
  );
}
