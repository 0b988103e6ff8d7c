import { BellOff, CircleCheck } from "lucide-react";
import type { JSX } from "react";
import type { Alarm } from "#contract/alarms.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useAlarms } from "../../stores/alarms.ts";
import { useConnection } from "../../stores/connection.ts";
import { Page } from "../shell/page.tsx";
import { AlarmCard } from "./alarm-card.tsx";
import { groupsOf } from "./alarm-groups.ts";
import styles from "./alarms.module.css";
import { AlarmsNav } from "./alarms-nav.tsx";

/** What stands now, the worst first; below it, what was made quiet and by whom. */
export function AlarmsPage(): JSX.Element {
  const { t } = useTranslation(["alarms", "common"]);
  const isTold = useAlarms((a) => a.isTold);
  const isOnline = useConnection((c) => c.state === "online");
  return (
    <Page title={t("common:nav.alarms")} lead={t("lead")}>
      <AlarmsNav />
      {!isOnline && isTold && (
        <p className={styles["stale"]} role="status">
          {t("stale")}
        </p>
      )}
      {isTold ? <Standing /> : <Loading lines={6} />}
    </Page>
  );
}

function Standing(): JSX.Element {
  const { t } = useTranslation("alarms");
  const standing = useAlarms((a) => a.standing);
  const alarms = useAlarms((a) => a.alarms);
  const groups = groupsOf(standing);
  const quiet = groupsOf([...alarms.values()].filter(isQuiet));
  return (
    <>
      {groups.length === 0 && <Calm count={alarms.size} />}
      {groups.length > 0 && (
        <ul className={styles["cards"]} aria-label={t("nav.standing")}>
          {groups.map((group) => (
            <li key={group.id}>
              <AlarmCard group={group} />
            </li>
          ))}
        </ul>
      )}
      {quiet.length > 0 && (
        <section className={styles["quiet"]} aria-labelledby="quiet-title">
          <h2 id="quiet-title">
            <BellOff aria-hidden="true" />
            {t("quietTitle")}
          </h2>
          <ul className={styles["cards"]}>
            {quiet.flatMap(({ members }) =>
              members.map((alarm) => (
                <li key={alarm.id}>
                  <AlarmCard group={{ id: alarm.id, lead: alarm, members: [alarm] }} />
                </li>
              )),
            )}
          </ul>
        </section>
      )}
    </>
  );
}

/** Nothing rings; whether anything watches is said with it. */
function Calm({ count }: { readonly count: number }): JSX.Element {
  const { t } = useTranslation("alarms");
  if (count === 0) return <Empty title={t("none.title")}>{t("none.help")}</Empty>;
  return (
    <div className={styles["calm"]} role="status">
      <CircleCheck aria-hidden="true" />
      <div>
        <h2>{t("calm.title")}</h2>
        <p>{t("calm.help", { count })}</p>
      </div>
    </div>
  );
}

function isQuiet({ state }: Alarm): boolean {
  return state === "shelved" || state === "suppressed" || state === "out-of-service";
}
