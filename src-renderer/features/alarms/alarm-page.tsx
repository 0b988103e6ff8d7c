import { type JSX, useState } from "react";
import { Link, useSearch } from "wouter";
import { type Alarm, AlarmKind } from "#contract/alarms.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { noteAlarm, useAlarms } from "../../stores/alarms.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DeleteButton } from "../control/form/delete-button.tsx";
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
  const { t } = useTranslation("alarms");
  const words = useAlarmWords();
  const title = t("form.deleteTitle", { name: words.title(alarm) });
  return (
    <DeleteButton
      words={{ open: t("form.delete"), title, doIt: t("form.deleteDo") }}
      onDelete={() => core.api.alarms.delete.mutate({ id: alarm.id })}
      next={PARENT}
      onGone={() => noteAlarm(alarm.id, null)}
    >
      {t("form.deleteHelp")}
    </DeleteButton>
  );
}
