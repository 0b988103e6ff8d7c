import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useMay } from "../../stores/session.ts";
import { Page } from "../shell/page.tsx";
import { HealthPanel } from "./health-panel.tsx";
import { LogViewer } from "./log-viewer.tsx";
import { MachinePanel } from "./machine-panel.tsx";
import { Panel } from "./panel.tsx";
import { PollersPanel } from "./pollers-panel.tsx";
import styles from "./settings.module.css";
import { SignOutButton } from "./sign-out-button.tsx";
import { VersionsPanel } from "./versions-panel.tsx";

/** How the controller itself is. */
export function SystemPage(): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const isAdmin = useMay("admin");
  return (
    <Page
      title={t("system.title")}
      lead={t("system.lead")}
      parent={{ href: "/settings", title: t("common:nav.settings") }}
      actions={<SignOutButton />}
    >
      <div className={styles["columns"]}>
        <HealthPanel />
        <div className={styles["stack"]}>
          <MachinePanel />
          <VersionsPanel />
        </div>
      </div>
      <PollersPanel />
      {isAdmin ? <LogViewer /> : <Panel title={t("log.title")} lead={t("log.adminsOnly")} />}
    </Page>
  );
}
