import { X } from "lucide-react";
import { type JSX, useId } from "react";
import { ModeOutput } from "#contract/modes.ts";
import { Button } from "../../components/button.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { LevelField } from "../equipment/level-field.tsx";
import { isOutput } from "../loops/fits.ts";
import type { ModeDraft, ModeOutputDraft } from "./mode-draft.ts";

interface ModeOutputRowProps {
  readonly form: DraftForm<ModeDraft>;
  readonly at: number;
  readonly output: ModeOutputDraft;
  readonly onChange: (output: ModeOutputDraft) => void;
  readonly onRemove: () => void;
}

/** One output a mode holds: at what level, and when it comes back. */
export function ModeOutputRow({ form, at, output, onChange, onRemove }: ModeOutputRowProps): JSX.Element {
  const { t } = useTranslation(["modes", "equipment"]);
  const titleId = useId();
  const devices = useTank((s) => s.devices);
  const channel = channelsOf(devices).find(({ id }) => id === output.channelId);
  const name = channel?.name ?? t("form.output", { number: at + 1 });
  const isDimmer = channel?.kind === "dimmer";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot have its button beside its legend
    <div className={styles["item"]} role="group" aria-labelledby={titleId}>
      <div className={styles["item-head"]}>
        <h3 id={titleId}>{name}</h3>
        {!form.isDisabled && (
          <Button kind="quiet" label={t("form.remove", { name })} onPress={onRemove}>
            <X aria-hidden="true" />
          </Button>
        )}
      </div>
      <ChannelRow
        form={form}
        path={`outputs.${at}.channelId`}
        label={t("form.channel")}
        value={output.channelId}
        onChange={(id) => onChange({ ...output, channelId: id ?? "" })}
        fits={isOutput}
        whenNone={t("form.noOutputs")}
      />
      <Segmented
        label={t("form.level")}
        value={output.level > 0 ? "on" : "off"}
        onChange={(level) => onChange({ ...output, level: level === "on" ? 100 : 0 })}
        choices={[
          { value: "off", text: t("equipment:mode.off") },
          { value: "on", text: t(isDimmer ? "equipment:mode.level" : "equipment:mode.on") },
        ]}
        disabledReason={form.isDisabled ? t("form.level") : null}
      />
      {isDimmer && output.level > 0 && (
        <LevelField value={output.level} onChange={(level) => onChange({ ...output, level })} />
      )}
      <DurationRow
        form={form}
        path={`outputs.${at}.returnsAfterS`}
        label={t("form.returns")}
        value={output.returnsAfterS}
        onChange={(returnsAfterS) => onChange({ ...output, returnsAfterS: returnsAfterS ?? Number.NaN })}
        schema={ModeOutput.shape.returnsAfterS}
      />
    </div>
  );
}
