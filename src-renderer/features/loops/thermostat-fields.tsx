import type { JSX } from "react";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import styles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import { differenceIn } from "../control/form/shown-number.ts";
import { TimeRow } from "../control/form/time-row.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { ExplainedSwitch, NameRow } from "./fields-common.tsx";
import { measures, plays } from "./fits.ts";
import type { DraftOf } from "./loop-draft.ts";
import { SeasonFields } from "./season-fields.tsx";
import { NightSetpointRow, SetpointRows } from "./thermostat-rows.tsx";

interface ThermostatFieldsProps {
  readonly form: DraftForm<DraftOf<"thermostat">>;
}

const IS_TEMPERATURE = measures("temperature");
const FIRST_NIGHT = { from: "22:00", to: "07:00" };
/** Farther apart neither of two probes is believed, °C. */
const MOST_DIFFERENCE_C = 1;
/** What a new night is cooler by, °C. */
const NIGHT_FALL_C = 0.5;

/** What a thermostat goes by, what it holds and what it drives. */
export function ThermostatFields({ form }: ThermostatFieldsProps): JSX.Element {
  const { t } = useTranslation(["control", "common"]);
  const formats = useFormats();
  const temperature = formats.unitOf("temperature", "°C");
  const { draft, set } = form;
  const difference = formats.valueWithUnit(MOST_DIFFERENCE_C, differenceIn(temperature));
  return (
    <>
      <Section title={t("thermostat.holds")} lead={t("thermostat.holdsLead")}>
        <NameRow form={form} />
        <ChannelRow
          form={form}
          path="sensorChannelId"
          label={t("thermostat.sensor")}
          value={draft.sensorChannelId}
          onChange={(id) => set({ sensorChannelId: id ?? "" })}
          fits={IS_TEMPERATURE}
          whenNone={t("form.noSensor", { what: t("thermostat.noSensorWhat") })}
        />
        <div className={styles["pair"]}>
          <SetpointRows form={form} hysteresisHelp={t("thermostat.hysteresisHelp")} />
        </div>
      </Section>
      <Section title={t("thermostat.drives")} lead={t("thermostat.drivesLead")}>
        <ChannelRow
          form={form}
          path="heaterChannelId"
          label={t("thermostat.heater")}
          value={draft.heaterChannelId}
          onChange={(heaterChannelId) => set({ heaterChannelId })}
          fits={plays("heater")}
          whenNone={t("form.noOutput", { role: t("common:role.heater") })}
          isNullable
        />
        <ChannelRow
          form={form}
          path="chillerChannelId"
          label={t("thermostat.chiller")}
          value={draft.chillerChannelId}
          onChange={(chillerChannelId) => set({ chillerChannelId })}
          fits={plays("chiller")}
          whenNone={t("form.noOutput", { role: t("common:role.chiller") })}
          isNullable
        />
      </Section>
      <Section title={t("thermostat.probes")} lead={t("thermostat.probesLead")}>
        <ChannelRow
          form={form}
          path="secondSensorChannelId"
          label={t("thermostat.second")}
          help={t("thermostat.secondHelp", { difference })}
          value={draft.secondSensorChannelId}
          onChange={(secondSensorChannelId) => set({ secondSensorChannelId })}
          fits={IS_TEMPERATURE}
          whenNone={t("form.noSensor", { what: t("thermostat.noSensorWhat") })}
          isNullable
        />
        <ChannelRow
          form={form}
          path="roomSensorChannelId"
          label={t("thermostat.room")}
          help={t("thermostat.roomHelp")}
          value={draft.roomSensorChannelId}
          onChange={(roomSensorChannelId) => set({ roomSensorChannelId })}
          fits={IS_TEMPERATURE}
          whenNone={t("form.noSensor", { what: t("thermostat.noSensorWhat") })}
          isNullable
        />
        <ExplainedSwitch
          label={t("thermostat.holdsLastDuty")}
          help={t("thermostat.holdsLastDutyHelp")}
          isSelected={draft.holdsLastDuty}
          onChange={(holdsLastDuty) => set({ holdsLastDuty })}
          isDisabled={form.isDisabled}
        />
      </Section>
      <Section title={t("thermostat.times")} lead={t("thermostat.timesLead")}>
        <NightFields form={form} />
        <SeasonFields form={form} />
      </Section>
    </>
  );
}

function NightFields({ form }: ThermostatFieldsProps): JSX.Element {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  const { night } = draft;
  const first = { ...FIRST_NIGHT, setpointC: draft.setpointC - NIGHT_FALL_C };
  return (
    <>
      <ExplainedSwitch
        label={t("thermostat.night")}
        help={t("thermostat.nightHelp")}
        isSelected={night !== null}
        onChange={(hasNight) => set({ night: hasNight ? first : null })}
        isDisabled={form.isDisabled}
      />
      {night !== null && (
        <div className={styles["pair"]}>
          <NightSetpointRow form={form} />
          <TimeRow
            form={form}
            path="night.from"
            label={t("form.from")}
            value={night.from}
            onChange={(from) => set({ night: { ...night, from } })}
          />
          <TimeRow
            form={form}
            path="night.to"
            label={t("form.to")}
            value={night.to}
            onChange={(to) => set({ night: { ...night, to } })}
          />
        </div>
      )}
    </>
  );
}
