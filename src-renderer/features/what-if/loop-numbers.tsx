import type { JSX } from "react";
import { DoserFields } from "#contract/loops/doser.ts";
import { NightSetpoint, ThermostatFields } from "#contract/loops/thermostat.ts";
import { TopOffFields } from "#contract/loops/top-off.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import formStyles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { differenceIn, plainUnit } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { type DraftOf, isPercent, type LoopDraft } from "../loops/loop-draft.ts";
import { RuleConditionFields } from "../loops/rule-condition-fields.tsx";

type FormOf<T extends LoopDraft["type"]> = { readonly form: DraftForm<DraftOf<T>> };

const ML = plainUnit("mL", 2);
const COUNT = plainUnit("", 0);
const PH = plainUnit("", 2);
const PERCENT = plainUnit("%", 0);

/** The numbers of a loop that one would try; what it is wired to stays. */
export function LoopNumbers({ form }: { readonly form: DraftForm<LoopDraft> }): JSX.Element {
  switch (form.draft.type) {
    case "thermostat":
      return <Thermostat form={form as unknown as DraftForm<DraftOf<"thermostat">>} />;
    case "top-off":
      return <TopOff form={form as unknown as DraftForm<DraftOf<"top-off">>} />;
    case "doser":
      return <Doser form={form as unknown as DraftForm<DraftOf<"doser">>} />;
    case "rule":
      return <Rule form={form as unknown as DraftForm<DraftOf<"rule">>} />;
  }
}

function Thermostat({ form }: FormOf<"thermostat">): JSX.Element {
  const { t } = useTranslation("control");
  const temperature = useFormats().unitOf("temperature", "°C");
  const { draft, set } = form;
  const { night } = draft;
  return (
    <>
      <NumberRow
        form={form}
        path="setpointC"
        label={t("thermostat.setpoint")}
        value={draft.setpointC}
        onChange={(setpointC) => set({ setpointC: setpointC ?? Number.NaN })}
        display={temperature}
        schema={ThermostatFields.setpointC}
      />
      <NumberRow
        form={form}
        path="hysteresisC"
        label={t("thermostat.hysteresis")}
        value={draft.hysteresisC}
        onChange={(hysteresisC) => set({ hysteresisC: hysteresisC ?? Number.NaN })}
        display={differenceIn(temperature)}
        schema={ThermostatFields.hysteresisC}
      />
      {night !== null && (
        <NumberRow
          form={form}
          path="night.setpointC"
          label={t("thermostat.nightSetpoint")}
          value={night.setpointC}
          onChange={(setpointC) => set({ night: { ...night, setpointC: setpointC ?? Number.NaN } })}
          display={temperature}
          schema={NightSetpoint.shape.setpointC}
        />
      )}
    </>
  );
}

function TopOff({ form }: FormOf<"top-off">): JSX.Element {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  const hasLevels = useTank((s) =>
    channelsOf(s.devices).some((channel) => channel.id === draft.levelChannelId && isPercent(channel)),
  );
  return (
    <>
      {hasLevels && (
        <div className={formStyles["pair"]}>
          <NumberRow
            form={form}
            path="fillBelow"
            label={t("topOff.fillBelow")}
            value={draft.fillBelow}
            onChange={(fillBelow) => set({ fillBelow: fillBelow ?? Number.NaN })}
            display={PERCENT}
            schema={TopOffFields.fillBelow}
          />
          <NumberRow
            form={form}
            path="fillUntil"
            label={t("topOff.fillUntil")}
            value={draft.fillUntil}
            onChange={(fillUntil) => set({ fillUntil: fillUntil ?? Number.NaN })}
            display={PERCENT}
            schema={TopOffFields.fillUntil}
          />
        </div>
      )}
      <DurationRow
        form={form}
        path="onDelayS"
        label={t("topOff.onDelay")}
        value={draft.onDelayS}
        onChange={(onDelayS) => set({ onDelayS: onDelayS ?? Number.NaN })}
        schema={TopOffFields.onDelayS}
      />
      <DurationRow
        form={form}
        path="offDelayS"
        label={t("topOff.offDelay")}
        value={draft.offDelayS}
        onChange={(offDelayS) => set({ offDelayS: offDelayS ?? Number.NaN })}
        schema={TopOffFields.offDelayS}
        units={["s", "min"]}
      />
    </>
  );
}

function Doser({ form }: FormOf<"doser">): JSX.Element {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  return (
    <>
      <div className={formStyles["pair"]}>
        <NumberRow
          form={form}
          path="mlPerDay"
          label={t("doser.perDay")}
          value={draft.mlPerDay}
          onChange={(mlPerDay) => set({ mlPerDay: mlPerDay ?? Number.NaN })}
          display={ML}
        />
        <NumberRow
          form={form}
          path="dosesPerDay"
          label={t("doser.doses")}
          value={draft.dosesPerDay}
          onChange={(dosesPerDay) => set({ dosesPerDay: dosesPerDay ?? Number.NaN })}
          display={COUNT}
          schema={DoserFields.dosesPerDay}
        />
      </div>
      {draft.phChannelId !== null && (
        <div className={formStyles["pair"]}>
          <NumberRow
            form={form}
            path="phMin"
            label={t("doser.phMin")}
            value={draft.phMin}
            onChange={(phMin) => set({ phMin: phMin ?? Number.NaN })}
            display={PH}
            schema={DoserFields.phMin}
          />
          <NumberRow
            form={form}
            path="phMax"
            label={t("doser.phMax")}
            value={draft.phMax}
            onChange={(phMax) => set({ phMax: phMax ?? Number.NaN })}
            display={PH}
            schema={DoserFields.phMax}
          />
        </div>
      )}
    </>
  );
}

function Rule({ form }: FormOf<"rule">): JSX.Element {
  const { conditions } = form.draft;
  return (
    <ol className={formStyles["items"]}>
      {conditions.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; two may be alike
        <li key={`${at} ${condition.kind}`}>
          <RuleConditionFields
            form={form}
            at={at}
            condition={condition}
            onChange={(next) => form.set({ conditions: conditions.with(at, next) })}
            onRemove={null}
          />
        </li>
      ))}
    </ol>
  );
}
