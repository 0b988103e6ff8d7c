import { Trash2 } from "lucide-react";
import { type JSX, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { type Alarm, AlarmKind } from "#contract/alarms.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { noteAlarm, useAlarms } from "../../stores/alarms.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { isSensor } from "../loops/fits.ts";
import { Page } from "../shell/page.tsx";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import { firstChannel } from "../what-if/alarm-draft.ts";
import { AlarmForm } from "./alarm-form.tsx";
import { formDraftOf, newFormDraft } from "./alarm-form-draft.ts";
import { useAlarmWords } from "./use-alarm-words.ts";

const PARENT = "/alarms/all";

/** One alarm's rationalization: why it is there, what it goes by, and what to do when it rings. */
export function AlarmPage({ alarmId }: { readonly alarmId: string }): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const alarm = useAlarms((a) => a.alarms.get(alarmId));
  const isTold = useAlarms((a) => a.isTold);
  const isTankTold = useTank(isDevicesTold);
  const isReady = isTold && isTankTold;
  const parent = { href: PARENT, title: t("nav.all") };
  if (alarm === undefined || !isReady) {
    return (
      <Page title={isReady ? t("gone") : t("nav.all")} parent={parent}>
        {isReady ? (
          <Empty title={t("gone")}>
            <p>{t("goneHelp")}</p>
            <Link href={PARENT}>{t("nav.all")}</Link>
          </Empty>
        ) : (
          <Loading lines={8} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={words.title(alarm)}
      lead={t(`state.${alarm.state}`)}
      parent={parent}
      actions={<DeleteAlarm alarm={alarm} />}
    >
      <AlarmForm key={alarm.id} initial={formDraftOf(alarm)} alarmId={alarm.id} />
    </Page>
  );
}

/** One more, begun as it is offered for its sensor. */
export function NewAlarmPage(): JSX.Element {
  const { t } = useTranslation("alarms");
  const isTold = useTank(isDevicesTold);
  return (
    <Page title={t("form.newTitle")} lead={t("form.newLead")} parent={{ href: PARENT, title: t("nav.all") }}>
      {isTold ? <NewAlarm /> : <Loading lines={8} />}
    </Page>
  );
}

function NewAlarm(): JSX.Element {
  const asked = new URLSearchParams(useSearch());
  const kind = AlarmKind.options.find((one) => one === asked.get("kind")) ?? "high";
  const [initial] = useState(() => {
    const sensors = channelsOf(useTank.getState().devices).filter(isSensor);
    const channel = firstChannel(sensors, asked.get("channel")) ?? null;
    return newFormDraft(kind, { channel, loop: null });
  });
  return <AlarmForm initial={initial} alarmId={null} />;
}

function DeleteAlarm({ alarm }: { readonly alarm: Alarm }): JSX.Element {
  const { t } = useTranslation(["alarms", "common"]);
  const words = useAlarmWords();
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    if (!(await act.run(() => core.api.alarms.delete.mutate({ id: alarm.id })))) return;
    navigate(PARENT, { replace: true });
    noteAlarm(alarm.id, null);
  };
  return (
    <>
      <Button kind="danger" disabledReason={blocked} onPress={() => setAsking(true)}>
        <Trash2 aria-hidden="true" />
        {t("form.delete")}
      </Button>
      {isAsking && (
        <Dialog
          title={t("form.deleteTitle", { name: words.title(alarm) })}
          isOpen
          isAlert
          onClose={() => setAsking(false)}
        >
          <p>{t("form.deleteHelp")}</p>
          {act.problem !== null && <Failure problem={act.problem} />}
          <DialogActions>
            <Button onPress={() => setAsking(false)} autoFocus>
              {t("common:action.cancel")}
            </Button>
            <Button kind="danger" disabledReason={blocked} isPending={act.isPending} onPress={() => void remove()}>
              {t("form.deleteDo")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
