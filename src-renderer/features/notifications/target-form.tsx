import { type JSX, useCallback } from "react";
import { useLocation } from "wouter";
import { AlarmPriority } from "#contract/alarms.ts";
import {
  type NotificationTarget,
  NotificationTargetCreate,
  NotificationTargetPatch,
} from "#contract/notifications.ts";
import { Chip } from "../../charts/chip.tsx";
import { Select, Switch } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { TimeRow } from "../control/form/time-row.tsx";
import { type DraftForm, useDraftForm } from "../control/form/use-draft-form.ts";
import { NameRow } from "../loops/fields-common.tsx";
import { ChannelFields } from "./channel-fields.tsx";
import own from "./notifications.module.css";
import { type TargetDraft, targetDraftOf } from "./target-draft.ts";

interface TargetFormProps {
  readonly initial: TargetDraft;
  /** null: it is to be made. */
  readonly target: NotificationTarget | null;
}

const QUIET = { from: "22:00", to: "07:00" };
const WEEKLY = { weekday: 7, timeOfDay: "18:00" };
const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "7"] as const;

/** How a message leaves, and which ones do when. */
export function TargetForm({ initial, target }: TargetFormProps): JSX.Element {
  const { t } = useTranslation(["notifications", "control"]);
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const id = target?.id ?? null;
  const save = useCallback(
    async (draft: TargetDraft, changes: Partial<TargetDraft>): Promise<TargetDraft | null> => {
      if (id === null) {
        const made = await core.api.notifications.create.mutate(NotificationTargetCreate.parse(draft));
        navigate(`/settings/notifications/${made.id}`, { replace: true });
        return null;
      }
      const patch = NotificationTargetPatch.parse(changes);
      return targetDraftOf(await core.api.notifications.patch.mutate({ id, ...patch }));
    },
    [id, navigate],
  );
  const form = useDraftForm<TargetDraft>({
    initial,
    schema: NotificationTargetCreate,
    isNew: id === null,
    save,
  });
  return (
    <form className={styles["form"]} onSubmit={form.submit} aria-label={t("form.label")} noValidate>
      {blocked !== null && <p className={styles["note"]}>{t("control:form.whoMay", { reason: blocked })}</p>}
      <Section title={t(`type.${form.draft.channel.type}`)} lead={t(`typeHelp.${form.draft.channel.type}`)}>
        <NameRow form={form} />
        <ChannelFields form={form} kept={target?.secretsKept ?? []} />
      </Section>
      <What form={form} />
      <When form={form} />
      <SaveBar form={form} {...(id === null ? { action: t("form.create") } : {})} />
    </form>
  );
}

interface PartProps {
  readonly form: DraftForm<TargetDraft>;
}

function What({ form }: PartProps): JSX.Element {
  const { t } = useTranslation<"notifications", "alarms">(["notifications", "alarms"]);
  const { draft, set } = form;
  const isNone = form.problemAt("priorities") !== null;
  return (
    <Section title={t("form.what")} lead={t("form.whatLead")}>
      <div className={own["chips"]}>
        {AlarmPriority.options.map((priority) => (
          <Chip
            key={priority}
            text={t(`alarms:priority.${priority}`)}
            isSelected={draft.priorities.includes(priority)}
            isDisabled={form.isDisabled}
            onChange={(isOn) =>
              set({
                priorities: AlarmPriority.options.filter((one) =>
                  one === priority ? isOn : draft.priorities.includes(one),
                ),
              })
            }
          />
        ))}
      </div>
      {isNone && <p className={styles["error"]}>{t("form.noPriority")}</p>}
      <DurationRow
        form={form}
        path="escalatesAfterS"
        label={t("form.escalates")}
        help={t("form.escalatesHelp")}
        value={draft.escalatesAfterS}
        onChange={(escalatesAfterS) => set({ escalatesAfterS: escalatesAfterS ?? Number.NaN })}
        units={["min", "h"]}
      />
      <div>
        <Switch
          isSelected={draft.isEnabled}
          onChange={(isEnabled) => set({ isEnabled })}
          isDisabled={form.isDisabled}
        >
          {t("form.enabled")}
        </Switch>
        <p className={styles["small"]}>{t("form.enabledHelp")}</p>
      </div>
    </Section>
  );
}

function When({ form }: PartProps): JSX.Element {
  const { t } = useTranslation("notifications");
  const { draft, set } = form;
  const { quietHours, weeklyTest } = draft;
  return (
    <Section title={t("form.when")}>
      <div>
        <Switch
          isSelected={quietHours !== null}
          onChange={(isOn) => set({ quietHours: isOn ? QUIET : null })}
          isDisabled={form.isDisabled}
        >
          {t("form.quiet")}
        </Switch>
        <p className={styles["small"]}>{t("form.quietHelp")}</p>
      </div>
      {quietHours !== null && (
        <div className={styles["pair"]}>
          <TimeRow
            form={form}
            path="quietHours.from"
            label={t("form.quietFrom")}
            value={quietHours.from}
            onChange={(from) => set({ quietHours: { ...quietHours, from } })}
          />
          <TimeRow
            form={form}
            path="quietHours.to"
            label={t("form.quietTo")}
            value={quietHours.to}
            onChange={(to) => set({ quietHours: { ...quietHours, to } })}
          />
        </div>
      )}
      <div>
        <Switch
          isSelected={weeklyTest !== null}
          onChange={(isOn) => set({ weeklyTest: isOn ? WEEKLY : null })}
          isDisabled={form.isDisabled}
        >
          {t("form.weekly")}
        </Switch>
        <p className={styles["small"]}>{t("form.weeklyHelp")}</p>
      </div>
      {weeklyTest !== null && (
        <div className={styles["pair"]}>
          <Select
            label={t("form.weekday")}
            value={WEEKDAYS[weeklyTest.weekday - 1] ?? "7"}
            onChange={(weekday) => set({ weeklyTest: { ...weeklyTest, weekday: Number(weekday) } })}
            choices={WEEKDAYS.map((value) => ({ value, text: t(`weekday.${value}`) }))}
            isDisabled={form.isDisabled}
          />
          <TimeRow
            form={form}
            path="weeklyTest.timeOfDay"
            label={t("form.timeOfDay")}
            value={weeklyTest.timeOfDay}
            onChange={(timeOfDay) => set({ weeklyTest: { ...weeklyTest, timeOfDay } })}
          />
        </div>
      )}
    </Section>
  );
}
