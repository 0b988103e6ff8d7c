import type { JSX } from "react";
import type { DeclaredState } from "#contract/channels.ts";
import type { ChannelKind } from "#contract/quantities.ts";
import { NumberField, Select } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./settings.module.css";
import type { SettingsDraft, SettingsField } from "./settings-draft.ts";

interface OutputFieldsProps {
  readonly kind: ChannelKind;
  readonly draft: SettingsDraft;
  readonly set: (change: Partial<SettingsDraft>) => void;
  readonly errorOf: (field: SettingsField) => string | null;
  readonly isDisabled: boolean;
}

const FULL_PCT = 100;
const DIMMER_LEVELS_PCT = [25, 50, 75];

/** What an output declares before it may be driven: where it goes by itself, and how it is spared. */
export function OutputFields({ kind, draft, set, errorOf, isDisabled }: OutputFieldsProps): JSX.Element {
  const { t } = useTranslation("channel");
  const formats = useFormats();
  const levelWords = (level: DeclaredState): string => {
    if (level === "unchanged") return t("settings.stateUnchanged");
    if (level === 0) return t("settings.stateOff");
    return level === FULL_PCT
      ? t("settings.stateOn")
      : t("settings.stateLevel", { level: formats.number(level, 0) });
  };
  const levelsFor = (present: DeclaredState): readonly number[] => {
    const levels = new Set([0, ...(kind === "dimmer" ? DIMMER_LEVELS_PCT : []), FULL_PCT]);
    if (present !== "unchanged") levels.add(present);
    return [...levels].sort((a, b) => a - b);
  };
  const state = (key: "safeState" | "powerUpState") => (
    <Select
      label={t(`settings.${key}`)}
      value={String(draft[key])}
      onChange={(chosen) => set({ [key]: chosen === "unchanged" ? "unchanged" : Number(chosen) })}
      choices={[...levelsFor(draft[key]), "unchanged" as const].map((level) => ({
        value: String(level),
        text: levelWords(level),
      }))}
      isDisabled={isDisabled}
    />
  );
  const seconds = (field: "minOn" | "minOff" | "maxOn", help?: string) => (
    <NumberField
      label={t(`settings.${field}`)}
      {...(help === undefined ? {} : { help })}
      value={draft[`${field}S`]}
      onChange={(value) => set({ [`${field}S`]: value })}
      unit={t("settings.seconds")}
      decimals={1}
      error={errorOf(field)}
      isDisabled={isDisabled}
    />
  );
  return (
    <>
      <fieldset className={styles["group"]}>
        <legend>{t("settings.states")}</legend>
        {state("safeState")}
        {state("powerUpState")}
        <Select
          label={t("settings.emergencyState")}
          value={String(draft.emergencyState)}
          onChange={(chosen) => set({ emergencyState: Number(chosen) })}
          choices={levelsFor(draft.emergencyState).map((level) => ({
            value: String(level),
            text: levelWords(level),
          }))}
          isDisabled={isDisabled}
        />
      </fieldset>
      <fieldset className={styles["group"]}>
        <legend>{t("settings.guards")}</legend>
        <div className={styles["pair"]}>
          {seconds("minOn")}
          {seconds("minOff")}
        </div>
        {seconds("maxOn", t("settings.maxOnHelp"))}
      </fieldset>
    </>
  );
}
