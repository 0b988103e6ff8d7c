import { ChartLine, Check, RotateCcw, Settings2 } from "lucide-react";
import { type JSX, useState } from "react";
import { Link } from "wouter";
import { Button } from "../../components/button.tsx";
import { Failure } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { noteAlarm, raisedMsOf } from "../../stores/alarms.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useAct } from "../../stores/use-act.ts";
import { acknowledge } from "./acknowledge.ts";
import { type AlarmGroup, unacknowledgedOf } from "./alarm-groups.ts";
import { chartHref } from "./alarm-units.ts";
import styles from "./alarms.module.css";
import { OutOfServiceDialog } from "./out-of-service-dialog.tsx";
import { ShelveDialog } from "./shelve-dialog.tsx";
import { useAlarmWords } from "./use-alarm-words.ts";

/** What can be done about it, the next step first; who may not is told why. */
export function AlarmActs({ group }: { readonly group: AlarmGroup }): JSX.Element {
  const { t } = useTranslation("alarms");
  const blocked = useBlocked("operator");
  const words = useAlarmWords();
  const act = useAct();
  const [isShelving, setShelving] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const { lead, members } = group;
  const open = unacknowledgedOf(group);
  const { state } = lead;
  const href = chartHref(lead, raisedMsOf(lead));
  const isQuiet = state === "shelved" || state === "suppressed" || state === "out-of-service";
  const run = (ask: () => Promise<unknown>) => void act.run(ask);
  return (
    <>
      {act.problem !== null && <Failure problem={act.problem} />}
      <footer className={styles["acts"]}>
        {open.length > 0 && (
          <Button
            kind="primary"
            disabledReason={blocked}
            isPending={act.isPending}
            onPress={() => run(() => acknowledge(open))}
          >
            <Check aria-hidden="true" />
            {open.length > 1 ? t("act.acknowledgeAll", { count: open.length }) : t("act.acknowledge")}
          </Button>
        )}
        {open.length === 0 && members.some((alarm) => alarm.state === "latched") && (
          <Button
            kind="primary"
            disabledReason={blocked}
            isPending={act.isPending}
            onPress={() => run(() => resetAll(group))}
          >
            <RotateCcw aria-hidden="true" />
            {t("act.reset")}
          </Button>
        )}
        {state === "shelved" && (
          <Button
            kind="primary"
            disabledReason={blocked}
            isPending={act.isPending}
            onPress={() => run(() => unshelve(lead.id))}
          >
            {t("act.unshelve")}
          </Button>
        )}
        {state === "out-of-service" && <BackInService group={group} />}
        {!isQuiet && (
          <Button disabledReason={blocked} isReasonHidden onPress={() => setShelving(true)}>
            {t("act.shelve")}
          </Button>
        )}
        {href !== null && (
          <Link className={styles["link"]} href={href}>
            <ChartLine aria-hidden="true" />
            {t("act.chart")}
          </Link>
        )}
        {state !== "out-of-service" && <LeaveService onPress={() => setLeaving(true)} />}
        <Link
          className={styles["link"]}
          href={`/alarms/${lead.id}`}
          aria-label={t("act.edit", { name: words.title(lead) })}
        >
          <Settings2 aria-hidden="true" />
        </Link>
      </footer>
      {isShelving && <ShelveDialog alarms={members} onClose={() => setShelving(false)} />}
      {isLeaving && <OutOfServiceDialog alarm={lead} onClose={() => setLeaving(false)} />}
    </>
  );
}

function LeaveService({ onPress }: { readonly onPress: () => void }): JSX.Element {
  const { t } = useTranslation("alarms");
  const blocked = useBlocked("admin");
  return (
    <Button kind="quiet" disabledReason={blocked} isReasonHidden onPress={onPress}>
      {t("act.outOfService")}
    </Button>
  );
}

function BackInService({ group }: { readonly group: AlarmGroup }): JSX.Element {
  const { t } = useTranslation("alarms");
  const blocked = useBlocked("admin");
  const act = useAct();
  const back = async (): Promise<void> => {
    const told = await core.api.alarms.inService.mutate({ id: group.lead.id });
    noteAlarm(told.id, told);
  };
  return (
    <>
      {act.problem !== null && <Failure problem={act.problem} />}
      <Button kind="primary" disabledReason={blocked} isPending={act.isPending} onPress={() => void act.run(back)}>
        {t("act.inService")}
      </Button>
    </>
  );
}

async function resetAll({ members }: AlarmGroup): Promise<void> {
  for (const { id, state } of members) {
    if (state !== "latched") continue;
    const told = await core.api.alarms.reset.mutate({ id });
    noteAlarm(told.id, told);
  }
}

async function unshelve(id: string): Promise<void> {
  const told = await core.api.alarms.unshelve.mutate({ id });
  noteAlarm(told.id, told);
}
