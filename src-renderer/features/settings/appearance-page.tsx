import type { JSX } from "react";
import type { PreferencesPatch } from "#contract/preferences.ts";
import { Failure } from "../../components/states.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { DIM_CHOICES, dimAfter, useKiosk } from "../../stores/kiosk.ts";
import { usePreferences } from "../../stores/preferences.ts";
import { useAct } from "../../stores/use-act.ts";
import { Page } from "../shell/page.tsx";
import { ChoiceRow } from "./choice-row.tsx";
import { Panel } from "./panel.tsx";
import styles from "./settings.module.css";

/** How one user wants to see things; each choice is kept, and seen, at once. */
export function AppearancePage(): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const isKiosk = useKiosk((k) => k.isKiosk);
  const { problem, run } = useAct();
  const save = async (patch: PreferencesPatch): Promise<void> => {
    await run(async () => usePreferences.setState(await core.api.users.patchPreferences.mutate(patch)));
  };
  return (
    <Page
      title={t("look.title")}
      lead={t("look.lead")}
      parent={{ href: "/settings", title: t("common:nav.settings") }}
    >
      {problem !== null && <Failure problem={problem} />}
      <div className={styles["columns"]}>
        <div className={styles["stack"]}>
          <LanguageAndTheme onSave={(patch) => void save(patch)} />
          {isKiosk && <ThisScreen />}
        </div>
        <Units onSave={(patch) => void save(patch)} />
      </div>
    </Page>
  );
}

interface SavingProps {
  readonly onSave: (patch: PreferencesPatch) => void;
}

function LanguageAndTheme({ onSave }: SavingProps): JSX.Element {
  const { t } = useTranslation("settings");
  const blocked = useBlocked("viewer");
  const { language, theme } = usePreferences();
  return (
    <Panel title={t("look.screen")}>
      <ChoiceRow
        label={t("look.language")}
        value={language ?? "system"}
        onChange={(value) => onSave({ language: value === "system" ? null : value })}
        choices={[
          { value: "system", text: t("look.system") },
          // Each in its own words: who cannot read the one finds the other.
          { value: "en", text: "English" },
          { value: "de", text: "Deutsch" },
        ]}
        disabledReason={blocked}
      />
      <ChoiceRow
        label={t("look.theme")}
        value={theme}
        onChange={(value) => onSave({ theme: value })}
        choices={[
          { value: "system", text: t("look.system") },
          { value: "dark", text: t("look.themes.dark") },
          { value: "light", text: t("look.themes.light") },
        ]}
        disabledReason={blocked}
      />
    </Panel>
  );
}

const EXAMPLE = { temperatureC: 25.46, salinityPpt: 34.9 };

function Units({ onSave }: SavingProps): JSX.Element {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const blocked = useBlocked("viewer");
  const { temperatureUnit, salinityUnit, volumeUnit } = usePreferences();
  const temperature = formats.valueWithUnit(EXAMPLE.temperatureC, formats.unitOf("temperature", "°C"));
  const salinity = formats.valueWithUnit(EXAMPLE.salinityPpt, formats.unitOf("salinity", "ppt"));
  return (
    <Panel title={t("look.units")} lead={t("look.unitsLead")}>
      <ChoiceRow
        label={t("look.temperature")}
        value={temperatureUnit}
        onChange={(value) => onSave({ temperatureUnit: value })}
        choices={[
          { value: "C", text: "°C" },
          { value: "F", text: "°F" },
        ]}
        help={t("look.example", { value: temperature })}
        disabledReason={blocked}
      />
      <ChoiceRow
        label={t("look.salinity")}
        value={salinityUnit}
        onChange={(value) => onSave({ salinityUnit: value })}
        choices={[
          { value: "ppt", text: "ppt" },
          { value: "sg", text: "SG" },
        ]}
        help={t("look.example", { value: salinity })}
        disabledReason={blocked}
      />
      <ChoiceRow
        label={t("look.volume")}
        value={volumeUnit}
        onChange={(value) => onSave({ volumeUnit: value })}
        choices={[
          { value: "L", text: t("look.litres") },
          { value: "gal", text: t("look.gallons") },
        ]}
        disabledReason={blocked}
      />
    </Panel>
  );
}

function ThisScreen(): JSX.Element {
  const { t } = useTranslation("settings");
  const dimAfterMin = useKiosk((k) => k.dimAfterMin);
  return (
    <Panel title={t("look.kiosk")} lead={t("look.kioskLead")}>
      <ChoiceRow
        label={t("look.dim")}
        value={dimAfterMin}
        onChange={dimAfter}
        choices={DIM_CHOICES.map((value) => ({ value, text: t(`look.dimAfter.${value}`) }))}
        help={t("look.dimHelp")}
        disabledReason={null}
      />
    </Panel>
  );
}
