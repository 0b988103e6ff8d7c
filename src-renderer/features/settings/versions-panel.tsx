import type { JSX } from "react";
import { Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import { useTank } from "../../stores/tank.ts";
import { Fact, Facts, Panel } from "./panel.tsx";
import styles from "./system.module.css";

/** What runs here, since when, on what. */
export function VersionsPanel(): JSX.Element {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const nowMs = useTankNowMs();
  const info = useTank((s) => s.info);
  if (info === null) {
    return (
      <Panel title={t("versions.title")}>
        <Loading lines={4} />
      </Panel>
    );
  }
  const startedAtMs = Date.parse(info.startedAt);
  const running = { time: formats.dateTime(startedAtMs), duration: formats.duration(nowMs - startedAtMs) };
  return (
    <Panel title={t("versions.title")}>
      <Facts>
        <Fact name={t("versions.program")}>{info.version}</Fact>
        <Fact name={t("versions.running")}>{t("versions.since", running)}</Fact>
        <Fact name={t("versions.hardware")}>{t(`versions.hardwareKind.${info.hardware}`)}</Fact>
        <Fact name={t("versions.host")}>
          {info.host} · {info.platform}
        </Fact>
        <Fact name={t("versions.address")}>
          {info.address.url}
          {info.address.takenPort !== null && (
            <small className={styles["fault"]}>
              {t("versions.portTaken", { port: String(info.address.takenPort) })}
            </small>
          )}
        </Fact>
        <Fact name="Node.js">{info.nodeVersion}</Fact>
        <Fact name="PostgreSQL">
          {[info.database.version ?? t("versions.unknown"), t(`versions.database.${info.database.kind}`)].join(
            " · ",
          )}
        </Fact>
        <Fact name={t("versions.id")}>{info.controllerId}</Fact>
      </Facts>
    </Panel>
  );
}
