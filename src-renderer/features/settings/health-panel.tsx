import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { ComponentType, JSX } from "react";
import { type CheckStatus, type HealthCheck, HealthCheckName } from "#contract/system.ts";
import { Loading } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTank } from "../../stores/tank.ts";
import { Panel } from "./panel.tsx";
import styles from "./system.module.css";

const ICONS: Readonly<Record<CheckStatus, ComponentType<{ readonly "aria-hidden": "true" }>>> = {
  ok: CircleCheck,
  degraded: TriangleAlert,
  failing: CircleAlert,
};

/** Each check as /health tells it. */
export function HealthPanel(): JSX.Element {
  const { t } = useTranslation("settings");
  const health = useTank((s) => s.health);
  const isOnline = useConnection((c) => c.state === "online");
  if (health === null) {
    return (
      <Panel title={t("health.title")}>
        <Loading lines={6} />
      </Panel>
    );
  }
  return (
    <Panel title={t("health.title")} lead={isOnline ? t(`health.whole.${health.status}`) : t("health.old")}>
      <ul className={styles["checks"]}>
        {HealthCheckName.options.map((name) => (
          <Check key={name} name={t(`health.check.${name}`)} check={health.checks[name]} isCurrent={isOnline} />
        ))}
      </ul>
    </Panel>
  );
}

interface CheckProps {
  readonly name: string;
  readonly check: HealthCheck;
  readonly isCurrent: boolean;
}

function Check({ name, check, isCurrent }: CheckProps): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const formats = useFormats();
  const { status, detail, since } = check;
  const Icon = ICONS[status];
  return (
    <li className={styles["check"]} data-status={isCurrent ? status : undefined}>
      <Icon aria-hidden="true" />
      <div>
        <h3>
          {name} <span className={styles["state"]}>{t(`common:health.${status}`)}</span>
        </h3>
        <p>{detail}</p>
        <p className={styles["since"]}>{t("health.since", { time: formats.dateTime(Date.parse(since)) })}</p>
      </div>
    </li>
  );
}
