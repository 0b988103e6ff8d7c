import type { JSX } from "react";
import { NightSetpoint, ThermostatFields } from "#contract/loops/thermostat.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { NumberRow } from "../control/form/number-row.tsx";
import { differenceIn } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import type { DraftOf } from "./loop-draft.ts";

interface ThermostatRowsProps {
  readonly form: DraftForm<DraftOf<"thermostat">>;
  /** What the differential is good for; left out: nothing is said. */
  readonly hysteresisHelp?: string;
}

/** What a thermostat holds, and how closely. */
export function SetpointRows({ form, hysteresisHelp }: ThermostatRowsProps): JSX.Element {
  const { t } = useTranslation("control");
  const temperature = useFormats().unitOf("temperature", "°C");
  const { draft, set } = form;
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
        {...(hysteresisHelp === undefined ? {} : { help: hysteresisHelp })}
        value={draft.hysteresisC}
        onChange={(hysteresisC) => set({ hysteresisC: hysteresisC ?? Number.NaN })}
        display={differenceIn(temperature)}
        schema={ThermostatFields.hysteresisC}
      />
    </>
  );
}

/** What it holds at night, where it has one. */
export function NightSetpointRow({ form }: Pick<ThermostatRowsProps, "form">): JSX.Element | null {
  const { t } = useTranslation("control");
  const temperature = useFormats().unitOf("temperature", "°C");
  const { night } = form.draft;
  if (night === null) return null;
  return (
    <NumberRow
      form={form}
      path="night.setpointC"
      label={t("thermostat.nightSetpoint")}
      value={night.setpointC}
      onChange={(setpointC) => form.set({ night: { ...night, setpointC: setpointC ?? Number.NaN } })}
      display={temperature}
      schema={NightSetpoint.shape.setpointC}
    />
  );
}
