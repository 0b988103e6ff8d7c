import { OctagonX } from "lucide-react";
import { type JSX, useState } from "react";
import type { EmergencyStopState } from "#contract/outputs.ts";
import { Button } from "../../components/button.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { ReleaseDialog } from "./release-dialog.tsx";
import styles from "./standing.module.css";

/** Everything is stopped: by whom, since when, and the way back. */
export function EmergencyBanner({ state }: { readonly state: EmergencyStopState }): JSX.Element {
  const { t } = useTranslation(["modes", "tank"]);
  const formats = useFormats();
  const blocked = useBlocked("operator");
  const [isAsking, setAsking] = useState(false);
  const by = state.by ?? t("tank:stop.somebody");
  const since = state.since === null ? "–" : formats.dateTime(Date.parse(state.since));
  return (
    <section className={styles["banner"]} data-banner="" data-tone="danger" aria-label={t("emergency.title")}>
      <OctagonX aria-hidden="true" />
      <p role="status">{t("emergency.banner", { by, since })}</p>
      <Button kind="danger" disabledReason={blocked} isReasonHidden onPress={() => setAsking(true)}>
        {t("emergency.release")}
      </Button>
      {isAsking && <ReleaseDialog onClose={() => setAsking(false)} />}
    </section>
  );
}
