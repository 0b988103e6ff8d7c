import type { JSX } from "react";
import { ModeKind } from "#contract/mode-kinds.ts";
import { Select } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { differenceIn, plainUnit } from "../control/form/shown-number.ts";
import { TimeRow } from "../control/form/time-row.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { isOutput, isSensor } from "./fits.ts";
import { type ConditionDraft, type DraftOf, newCondition } from "./loop-draft.ts";
import { RuleItem } from "./rule-item.tsx";

interface ConditionProps<C extends ConditionDraft = ConditionDraft> {
  readonly form: DraftForm<DraftOf<"rule">>;
  readonly at: number;
  readonly condition: C;
  readonly onChange: (condition: ConditionDraft) => void;
}

type Reads = Extract<ConditionDraft, { readonly kind: "above" | "below" }>;
type Watches = Extract<ConditionDraft, { readonly kind: "output-on" | "output-off" }>;

const KINDS = ["above", "below", "output-on", "output-off", "mode", "time"] as const;

/** One thing a rule looks at. */
export function RuleConditionFields(
  props: ConditionProps & { readonly onRemove: (() => void) | null },
): JSX.Element {
  const { form, at, condition, onChange, onRemove } = props;
  const { t } = useTranslation("control");
  return (
    <RuleItem title={t("rule.condition", { number: at + 1 })} onRemove={form.isDisabled ? null : onRemove}>
      <Select
        label={t("rule.kind")}
        value={condition.kind}
        onChange={(kind) => onChange(withKind(condition, kind))}
        choices={KINDS.map((value) => ({ value, text: t(`rule.kinds.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      <Parts {...props} />
    </RuleItem>
  );
}

/** What both kinds know is kept. */
function withKind(condition: ConditionDraft, kind: ConditionDraft["kind"]): ConditionDraft {
  const isReading = condition.kind === "above" || condition.kind === "below";
  if (isReading && (kind === "above" || kind === "below")) return { ...condition, kind };
  const isWatching = condition.kind === "output-on" || condition.kind === "output-off";
  if (isWatching && (kind === "output-on" || kind === "output-off")) return { ...condition, kind };
  return newCondition(kind);
}

function Parts({ condition, ...rest }: ConditionProps): JSX.Element {
  const { t } = useTranslation("control");
  const { form, at, onChange } = rest;
  switch (condition.kind) {
    case "above":
    case "below":
      return <Reading condition={condition} {...rest} />;
    case "output-on":
    case "output-off":
      return <Watching condition={condition} {...rest} />;
    case "mode":
      return (
        <Select
          label={t("rule.mode")}
          value={condition.mode}
          onChange={(mode) => onChange({ ...condition, mode })}
          choices={ModeKind.options.map((value) => ({ value, text: t(`modeKind.${value}`) }))}
          isDisabled={form.isDisabled}
        />
      );
    case "time":
      return (
        <div className={styles["pair"]}>
          <TimeRow
            form={form}
            path={`conditions.${at}.from`}
            label={t("form.from")}
            value={condition.from}
            onChange={(from) => onChange({ ...condition, from })}
          />
          <TimeRow
            form={form}
            path={`conditions.${at}.to`}
            label={t("form.to")}
            value={condition.to}
            onChange={(to) => onChange({ ...condition, to })}
          />
        </div>
      );
  }
}

function Reading({ form, at, condition, onChange }: ConditionProps<Reads>): JSX.Element {
  const { t } = useTranslation("control");
  const formats = useFormats();
  const devices = useTank((s) => s.devices);
  const channel = channelsOf(devices).find(({ id }) => id === condition.channelId);
  const display = channel === undefined ? plainUnit("", 2) : formats.unitOf(channel.quantity, channel.unit);
  return (
    <>
      <ChannelRow
        form={form}
        path={`conditions.${at}.channelId`}
        label={t("rule.channel")}
        value={condition.channelId}
        onChange={(id) => onChange({ ...condition, channelId: id ?? "" })}
        fits={isSensor}
        whenNone={t("form.noneThere")}
      />
      <div className={styles["pair"]}>
        <NumberRow
          form={form}
          path={`conditions.${at}.value`}
          label={t(condition.kind === "above" ? "rule.above" : "rule.below")}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value: value ?? Number.NaN })}
          display={display}
        />
        <NumberRow
          form={form}
          path={`conditions.${at}.hysteresis`}
          label={t("rule.hysteresis")}
          help={t("rule.hysteresisHelp")}
          value={condition.hysteresis}
          onChange={(hysteresis) => onChange({ ...condition, hysteresis: hysteresis ?? Number.NaN })}
          display={differenceIn(display)}
        />
      </div>
      <For form={form} at={at} condition={condition} onChange={onChange} />
    </>
  );
}

function Watching({ form, at, condition, onChange }: ConditionProps<Watches>): JSX.Element {
  const { t } = useTranslation("control");
  return (
    <>
      <ChannelRow
        form={form}
        path={`conditions.${at}.channelId`}
        label={t("rule.output")}
        value={condition.channelId}
        onChange={(id) => onChange({ ...condition, channelId: id ?? "" })}
        fits={isOutput}
        whenNone={t("form.noneThere")}
      />
      <For form={form} at={at} condition={condition} onChange={onChange} />
    </>
  );
}

function For({ form, at, condition, onChange }: ConditionProps<Reads | Watches>): JSX.Element {
  const { t } = useTranslation("control");
  return (
    <DurationRow
      form={form}
      path={`conditions.${at}.forS`}
      label={t("rule.for")}
      help={t("rule.forHelp")}
      value={condition.forS}
      onChange={(forS) => onChange({ ...condition, forS: forS ?? Number.NaN })}
    />
  );
}
