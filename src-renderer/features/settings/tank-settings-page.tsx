import { type JSX, type SubmitEvent, useState } from "react";
import type { TankSettings } from "#contract/settings.ts";
import { Button } from "../../components/button.tsx";
import { NumberField, TextField } from "../../components/fields.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { usePreferences } from "../../stores/preferences.ts";
import { useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
import { Page } from "../shell/page.tsx";
import { Panel } from "./panel.tsx";
import { SavedNote } from "./saved-note.tsx";
import styles from "./settings.module.css";
import { type TankForm, tankFlawsIn, tankFormFrom, tankPatchFrom } from "./tank-form.ts";
import { TimeZoneField } from "./time-zone-field.tsx";

/** What is said of the tank as a whole. */
export function TankSettingsPage(): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const settings = useTank((s) => s.settings);
  return (
    <Page
      title={t("tank.title")}
      lead={t("tank.lead")}
      parent={{ href: "/settings", title: t("common:nav.settings") }}
    >
      {settings === null ? <Loading lines={6} /> : <Form settings={settings} />}
    </Page>
  );
}

function Form({ settings }: { readonly settings: TankSettings }): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const unit = usePreferences((p) => p.volumeUnit);
  const blocked = useBlocked("admin");
  // Only what was typed here is kept apart: what somebody else changes meanwhile is seen at once.
  const [edits, setEdits] = useState<Partial<TankForm>>({});
  const [isSaved, setSaved] = useState(false);
  const { isPending, problem, run } = useAct();

  const was = tankFormFrom(settings, unit);
  const form: TankForm = { ...was, ...edits };
  const flaws = tankFlawsIn(form, unit);
  const patch = tankPatchFrom(form, was, unit);
  const isUnchanged = Object.keys(patch).length === 0;
  const reason =
    blocked ?? (flaws.size > 0 ? t("common:blocked.invalid") : isUnchanged ? t("common:blocked.unchanged") : null);
  const isDisabled = blocked !== null;

  const edit = (change: Partial<TankForm>): void => {
    setSaved(false);
    setEdits((before) => ({ ...before, ...change }));
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (reason !== null || isPending) return;
    const isDone = await run(async () => {
      const saved = await core.api.settings.patch.mutate(patch);
      useTank.setState({ settings: saved });
    });
    if (!isDone) return;
    setEdits({});
    setSaved(true);
  };

  return (
    <form className={styles["stack"]} onSubmit={(event) => void submit(event)}>
      <div className={styles["columns"]}>
        <Panel title={t("tank.about")}>
          <TextField
            label={t("tank.name")}
            value={form.tankName}
            onChange={(tankName) => edit({ tankName })}
            error={flaws.has("name") ? t("tank.nameUnfit") : null}
            isDisabled={isDisabled}
          />
          <TimeZoneField
            value={form.timeZone}
            onChange={(timeZone) => edit({ timeZone })}
            isInvalid={flaws.has("zone")}
            isDisabled={isDisabled}
          />
          <NumberField
            label={t("tank.volume")}
            value={form.volume}
            onChange={(volume) => edit({ volume })}
            unit={unit}
            decimals={1}
            help={t("tank.volumeHelp")}
            error={flaws.has("volume") ? t("tank.volumeUnfit") : null}
            isDisabled={isDisabled}
          />
        </Panel>
        <Panel title={t("tank.sump")} lead={t("tank.sumpLead")}>
          <div className={styles["pair"]}>
            {(["sumpFree", "backDrain"] as const).map((field) => (
              <NumberField
                key={field}
                label={t(`tank.${field}`)}
                value={form[field]}
                onChange={(volume) => edit({ [field]: volume })}
                unit={unit}
                decimals={1}
                help={t(`tank.${field}Help`)}
                error={flaws.has(field) ? t("tank.partUnfit") : null}
                isDisabled={isDisabled}
              />
            ))}
          </div>
        </Panel>
        <Panel title={t("tank.place")} lead={flaws.has("place-half") ? t("tank.placeHalf") : t("tank.placeHelp")}>
          <div className={styles["pair"]}>
            <NumberField
              label={t("tank.latitude")}
              value={form.latitudeDeg}
              onChange={(latitudeDeg) => edit({ latitudeDeg })}
              unit="°"
              decimals={4}
              help={t("tank.latitudeHelp")}
              error={flaws.has("latitude") ? t("tank.latitudeUnfit") : null}
              isDisabled={isDisabled}
            />
            <NumberField
              label={t("tank.longitude")}
              value={form.longitudeDeg}
              onChange={(longitudeDeg) => edit({ longitudeDeg })}
              unit="°"
              decimals={4}
              help={t("tank.longitudeHelp")}
              error={flaws.has("longitude") ? t("tank.longitudeUnfit") : null}
              isDisabled={isDisabled}
            />
          </div>
        </Panel>
      </div>
      {problem !== null && <Failure problem={problem} />}
      <div className={styles["buttons"]}>
        <Button type="submit" kind="primary" isPending={isPending} disabledReason={reason}>
          {isPending ? t("common:action.saving") : t("common:action.save")}
        </Button>
        {isSaved && isUnchanged && <SavedNote />}
      </div>
    </form>
  );
}
