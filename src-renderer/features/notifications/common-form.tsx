import type { JSX } from "react";
import { NotificationSettings } from "#contract/notifications.ts";
import { Switch } from "../../components/fields.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import type { Draft } from "../control/form/draft.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { SaveBar } from "../control/form/save-bar.tsx";
import { Section } from "../control/form/section.tsx";
import { useDraftForm } from "../control/form/use-draft-form.ts";
import { useAnswer } from "../devices/use-answer.ts";
import own from "./notifications.module.css";
import { TextRow } from "./text-row.tsx";

type CommonDraft = Draft<NotificationSettings>;

const askForSettings = () => core.api.notifications.settings.query();
const EVERY_S = 300;

/** Of all targets together: where links lead, and who notices when the controller is dead. */
export function CommonForm(): JSX.Element {
  const { value: settings, problem, retry } = useAnswer<NotificationSettings>(askForSettings);
  if (settings === null)
    return problem === null ? <Loading lines={3} /> : <Failure problem={problem} onRetry={retry} />;
  return <Known initial={settings} />;
}

function Known({ initial }: { readonly initial: CommonDraft }): JSX.Element {
  const { t } = useTranslation("notifications");
  const form = useDraftForm<CommonDraft>({
    initial,
    schema: NotificationSettings,
    save: async (draft) => core.api.notifications.patchSettings.mutate(NotificationSettings.parse(draft)),
  });
  const { draft, set } = form;
  const { heartbeat, linkBase } = draft;
  return (
    <form
      className={`${styles["form"]} ${own["new"]}`}
      onSubmit={form.submit}
      aria-label={t("common.title")}
      noValidate
    >
      <Section title={t("common.title")}>
        <div>
          <Switch
            isSelected={linkBase !== null}
            onChange={(isOn) => set({ linkBase: isOn ? location.origin : null })}
            isDisabled={form.isDisabled}
          >
            {t("common.links")}
          </Switch>
          <p className={styles["small"]}>{t("common.linksHelp")}</p>
        </div>
        {linkBase !== null && (
          <TextRow
            form={form}
            path="linkBase"
            label={t("common.linkBase")}
            help={t("common.linkBaseHelp")}
            value={linkBase}
            onChange={(text) => set({ linkBase: text })}
            type="url"
            shape={t("webAddress")}
          />
        )}
        <div>
          <Switch
            isSelected={heartbeat !== null}
            onChange={(isOn) => set({ heartbeat: isOn ? { url: "", everyS: EVERY_S } : null })}
            isDisabled={form.isDisabled}
          >
            {t("common.heartbeat")}
          </Switch>
          <p className={styles["small"]}>{t("common.heartbeatHelp")}</p>
        </div>
        {heartbeat !== null && (
          <div className={styles["pair"]}>
            <TextRow
              form={form}
              path="heartbeat.url"
              label={t("common.heartbeatUrl")}
              value={heartbeat.url}
              onChange={(url) => set({ heartbeat: { ...heartbeat, url } })}
              type="url"
              shape={t("webAddress")}
            />
            <DurationRow
              form={form}
              path="heartbeat.everyS"
              label={t("common.every")}
              value={heartbeat.everyS}
              onChange={(everyS) => set({ heartbeat: { ...heartbeat, everyS: everyS ?? Number.NaN } })}
              units={["min", "h"]}
            />
          </div>
        )}
        <SaveBar form={form} />
      </Section>
    </form>
  );
}
