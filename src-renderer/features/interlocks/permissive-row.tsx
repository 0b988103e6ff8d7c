import { X } from "lucide-react";
import { type JSX, useId } from "react";
import { ModeKind } from "#contract/mode-kinds.ts";
import { Chip } from "../../charts/chip.tsx";
import { Button } from "../../components/button.tsx";
import { Select } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { isOutput, isSensor } from "../loops/fits.ts";
import modeStyles from "../modes/modes.module.css";
import { newPermissive, type PermissiveDraft, type PermissivesDraft } from "./channel-draft.ts";

interface PermissiveRowProps<P extends PermissiveDraft = PermissiveDraft> {
  readonly form: DraftForm<PermissivesDraft>;
  readonly at: number;
  /** The output it belongs to: none waits for itself. */
  readonly ownId: string;
  readonly permissive: P;
  readonly onChange: (permissive: PermissiveDraft) => void;
}

const KINDS = ["sensor", "output-on", "output-off", "no-mode"] as const;

/** One condition for an output to be on. */
export function PermissiveRow(props: PermissiveRowProps & { readonly onRemove: () => void }): JSX.Element {
  const { form, at, permissive, onChange, onRemove } = props;
  const { t } = useTranslation("interlocks");
  const titleId = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot have its button beside its legend
    <div className={styles["item"]} role="group" aria-labelledby={titleId}>
      <div className={styles["item-head"]}>
        <h3 id={titleId}>{t("permissives.one", { number: at + 1 })}</h3>
        {!form.isDisabled && (
          <Button kind="quiet" label={t("permissives.remove", { number: at + 1 })} onPress={onRemove}>
            <X aria-hidden="true" />
          </Button>
        )}
      </div>
      <Select
        label={t("permissives.kind")}
        value={permissive.kind}
        onChange={(kind) => kind !== permissive.kind && onChange(newPermissive(kind))}
        choices={KINDS.map((value) => ({ value, text: t(`permissives.kinds.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      <Parts {...props} />
    </div>
  );
}

function Parts({ permissive, ...rest }: PermissiveRowProps): JSX.Element {
  switch (permissive.kind) {
    case "sensor":
      return <WithinLimits permissive={permissive} {...rest} />;
    case "output-on":
    case "output-off":
      return <OtherOutput permissive={permissive} {...rest} />;
    case "no-mode":
      return <NoMode permissive={permissive} {...rest} />;
  }
}

type Of<K extends PermissiveDraft["kind"]> = Extract<PermissiveDraft, { readonly kind: K }>;

function WithinLimits({ form, at, permissive, onChange }: PermissiveRowProps<Of<"sensor">>): JSX.Element {
  const { t } = useTranslation(["interlocks", "control"]);
  const formats = useFormats();
  const devices = useTank((s) => s.devices);
  const channel = channelsOf(devices).find(({ id }) => id === permissive.channelId);
  const display = channel === undefined ? plainUnit("", 2) : formats.unitOf(channel.quantity, channel.unit);
  return (
    <>
      <ChannelRow
        form={form}
        path={`permissives.${at}.channelId`}
        label={t("permissives.sensor")}
        value={permissive.channelId}
        onChange={(id) => onChange({ ...permissive, channelId: id ?? "" })}
        fits={isSensor}
        whenNone={t("control:form.noneThere")}
      />
      <div className={styles["pair"]}>
        {(["min", "max"] as const).map((end) => (
          <NumberRow
            key={end}
            form={form}
            path={`permissives.${at}.${end}`}
            label={t(`permissives.${end}`)}
            help={t("permissives.emptyEnd")}
            value={permissive[end]}
            onChange={(value) => onChange({ ...permissive, [end]: value })}
            display={display}
            isNullable
          />
        ))}
      </div>
    </>
  );
}

function OtherOutput({
  form,
  at,
  ownId,
  permissive,
  onChange,
}: PermissiveRowProps<Of<"output-on"> | Of<"output-off">>): JSX.Element {
  const { t } = useTranslation(["interlocks", "control"]);
  return (
    <>
      <ChannelRow
        form={form}
        path={`permissives.${at}.channelId`}
        label={t("permissives.output")}
        value={permissive.channelId}
        onChange={(id) => onChange({ ...permissive, channelId: id ?? "" })}
        fits={(channel) => isOutput(channel) && channel.id !== ownId}
        whenNone={t("control:form.noneThere")}
      />
      <DurationRow
        form={form}
        path={`permissives.${at}.forS`}
        label={t("permissives.forS")}
        value={permissive.forS}
        onChange={(forS) => onChange({ ...permissive, forS: forS ?? Number.NaN })}
      />
    </>
  );
}

function NoMode({ form, permissive, onChange }: PermissiveRowProps<Of<"no-mode">>): JSX.Element {
  const { t } = useTranslation(["interlocks", "control"]);
  const { modes } = permissive;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons of one purpose, not fields of a form
    <div className={modeStyles["chips"]} role="group" aria-label={t("permissives.modes")}>
      {ModeKind.options.map((kind) => (
        <Chip
          key={kind}
          text={t(`control:modeKind.${kind}`)}
          isSelected={modes.includes(kind)}
          isDisabled={form.isDisabled}
          onChange={(isOn) =>
            onChange({ ...permissive, modes: isOn ? [...modes, kind] : modes.filter((other) => other !== kind) })
          }
        />
      ))}
    </div>
  );
}
