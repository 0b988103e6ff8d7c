import { type JSX, type SubmitEvent, useMemo, useState } from "react";
import type { Channel } from "#contract/channels.ts";
import { OutputRole, type Role, SensorRole } from "#contract/quantities.ts";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { NumberField, Select, Switch, TextField } from "../../components/fields.tsx";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { OutputFields } from "./output-fields.tsx";
import styles from "./settings.module.css";
import { draftOf, patchOf, problemsIn, type SettingsDraft, type SettingsField } from "./settings-draft.ts";

/** What a keeper may set of a channel. Who may not sees it as it is, and why. */
export function SettingsForm({ channel }: { readonly channel: Channel }): JSX.Element {
  const { t } = useTranslation(["channel", "common"]);
  const formats = useFormats();
  const display = formats.unitOf(channel.quantity, channel.unit);
  const blocked = useBlocked("admin");
  const [draft, setDraft] = useState(() => draftOf(channel, display));
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stage, setStage] = useState<"editing" | "saving" | "saved">("editing");
  const patch = useMemo(() => patchOf(channel, draft, display), [channel, draft, display]);
  const problems = useMemo(() => problemsIn(patch, draft), [patch, draft]);
  const isUnchanged = Object.keys(patch).length === 0;

  const set = (change: Partial<SettingsDraft>): void => {
    setDraft((was) => ({ ...was, ...change }));
    setStage("editing");
  };
  const errorOf = (field: SettingsField): string | null => {
    const found = problems.get(field);
    return found === undefined ? null : t(`settings.problem.${found}`);
  };
  const save = async (): Promise<void> => {
    setStage("saving");
    try {
      const saved = await core.api.channels.patch.mutate({ id: channel.id, ...patch });
      setDraft(draftOf(saved, display));
      setProblem(null);
      setStage("saved");
    } catch (error) {
      setProblem(problemOf(error));
      setStage("editing");
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void save();
  };
  const roles: readonly Role[] = channel.kind === "sensor" ? SensorRole.options : OutputRole.options;
  const isDisabled = blocked !== null;
  return (
    <form className={styles["form"]} onSubmit={submit}>
      <h2 className={styles["title"]}>{t("settings.title")}</h2>
      {blocked !== null && <p className={styles["note"]}>{t("settings.whoMay", { reason: blocked })}</p>}
      <TextField
        label={t("settings.name")}
        value={draft.name}
        onChange={(name) => set({ name })}
        error={errorOf("name")}
        isDisabled={isDisabled}
      />
      <Select
        label={t("settings.role")}
        help={t("settings.roleHelp")}
        value={draft.role}
        onChange={(role) => set({ role })}
        choices={roles.map((value) => ({ value, text: t(`common:role.${value}`) }))}
        isDisabled={isDisabled}
      />
      {channel.kind !== "switch" && (
        <fieldset className={styles["group"]}>
          <legend>{t(channel.kind === "dimmer" ? "settings.range" : "settings.limits")}</legend>
          <Switch
            isSelected={draft.hasLimits}
            onChange={(hasLimits) => set({ hasLimits })}
            isDisabled={isDisabled}
          >
            {t(channel.kind === "dimmer" ? "settings.range" : "settings.hasLimits")}
          </Switch>
          {draft.hasLimits && (
            <div className={styles["pair"]}>
              <NumberField
                label={t("settings.min")}
                value={draft.minShown}
                onChange={(minShown) => set({ minShown })}
                unit={display.unit}
                decimals={display.decimals + 1}
                isDisabled={isDisabled}
              />
              <NumberField
                label={t("settings.max")}
                value={draft.maxShown}
                onChange={(maxShown) => set({ maxShown })}
                unit={display.unit}
                decimals={display.decimals + 1}
                error={errorOf("limits")}
                isDisabled={isDisabled}
              />
            </div>
          )}
        </fieldset>
      )}
      {channel.kind === "sensor" ? (
        <NumberField
          label={t("settings.poll")}
          help={t("settings.pollHelp")}
          value={draft.pollIntervalS}
          onChange={(pollIntervalS) => set({ pollIntervalS })}
          unit={t("settings.seconds")}
          decimals={1}
          error={errorOf("poll")}
          isDisabled={isDisabled}
        />
      ) : (
        <OutputFields kind={channel.kind} draft={draft} set={set} errorOf={errorOf} isDisabled={isDisabled} />
      )}
      {problem !== null && <Failure problem={problem} />}
      <div className={styles["actions"]}>
        <Button type="submit" kind="primary" isPending={stage === "saving"} disabledReason={whyNot()}>
          {stage === "saving" ? t("common:action.saving") : t("settings.save")}
        </Button>
        <span className={styles["said"]} role="status">
          {stage === "saved" ? t("settings.saved") : ""}
        </span>
      </div>
    </form>
  );

  function whyNot(): string | null {
    if (blocked !== null) return blocked;
    if (isUnchanged) return t("common:blocked.unchanged");
    return problems.size > 0 ? t("common:blocked.invalid") : null;
  }
}
