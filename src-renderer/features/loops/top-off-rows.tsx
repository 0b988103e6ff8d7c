import type { JSX } from "react";
import { TopOffFields } from "#contract/loops/top-off.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { type DraftOf, isPercent } from "./loop-draft.ts";

interface TopOffRowsProps {
  readonly form: DraftForm<DraftOf<"top-off">>;
}

const PERCENT = plainUnit("%", 0);

/** Between which levels it fills; a float knows none. */
export function FillLevelRows({ form }: TopOffRowsProps): JSX.Element | null {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  const hasLevels = useTank((s) =>
    channelsOf(s.devices).some((channel) => channel.id === draft.levelChannelId && isPercent(channel)),
  );
  if (!hasLevels) return null;
  return (
    <div className={styles["pair"]}>
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
  );
}

/** Below what the reservoir is empty; a float says so itself. */
export function EmptyRow({ form }: TopOffRowsProps): JSX.Element | null {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  const hasLevels = useTank((s) =>
    channelsOf(s.devices).some((channel) => channel.id === draft.reservoirChannelId && isPercent(channel)),
  );
  if (!hasLevels) return null;
  return (
    <NumberRow
      form={form}
      path="reservoirEmptyBelowPct"
      label={t("topOff.emptyBelow")}
      value={draft.reservoirEmptyBelowPct}
      onChange={(value) => set({ reservoirEmptyBelowPct: value ?? Number.NaN })}
      display={PERCENT}
      schema={TopOffFields.reservoirEmptyBelowPct}
    />
  );
}

/** How long the level must be low before it fills, and reached before it stops. */
export function FillDelayRows({ form }: TopOffRowsProps): JSX.Element {
  const { t } = useTranslation("control");
  const { draft, set } = form;
  return (
    <>
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
