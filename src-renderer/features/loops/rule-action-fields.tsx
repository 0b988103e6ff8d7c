import type { JSX } from "react";
import { Select, TextField } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { useProblemWords } from "../control/form/use-problem-words.ts";
import { LevelField } from "../equipment/level-field.tsx";
import { isOutput } from "./fits.ts";
import { type ActionDraft, type DraftOf, newAction } from "./loop-draft.ts";
import { RuleItem } from "./rule-item.tsx";

interface ActionProps<A extends ActionDraft = ActionDraft> {
  readonly form: DraftForm<DraftOf<"rule">>;
  readonly at: number;
  readonly action: A;
  readonly onChange: (action: ActionDraft) => void;
}

const KINDS = ["output", "mode", "alarm"] as const;
const PRIORITIES = ["critical", "high", "medium", "low"] as const;

/** One thing a rule does while it holds. */
export function RuleActionFields(props: ActionProps & { readonly onRemove: (() => void) | null }): JSX.Element {
  const { form, at, action, onChange, onRemove } = props;
  const { t } = useTranslation("control");
  return (
    <RuleItem title={t("rule.action", { number: at + 1 })} onRemove={form.isDisabled ? null : onRemove}>
      <Select
        label={t("rule.actionKind")}
        value={action.kind}
        onChange={(kind) => kind !== action.kind && onChange(newAction(kind))}
        choices={KINDS.map((value) => ({ value, text: t(`rule.actions.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      <Parts {...props} />
    </RuleItem>
  );
}

function Parts({ action, ...rest }: ActionProps): JSX.Element {
  switch (action.kind) {
    case "output":
      return <Driving action={action} {...rest} />;
    case "mode":
      return <Starting action={action} {...rest} />;
    case "alarm":
      return <Ringing action={action} {...rest} />;
  }
}

function Driving({
  form,
  at,
  action,
  onChange,
}: ActionProps<Extract<ActionDraft, { readonly kind: "output" }>>): JSX.Element {
  const { t } = useTranslation(["control", "equipment"]);
  const devices = useTank((s) => s.devices);
  const channel = channelsOf(devices).find(({ id }) => id === action.channelId);
  const isDimmed = channel?.kind === "dimmer" && action.level > 0;
  return (
    <>
      <ChannelRow
        form={form}
        path={`actions.${at}.channelId`}
        label={t("rule.output")}
        help={t("rule.outputHelp")}
        value={action.channelId}
        onChange={(id) => onChange({ ...action, channelId: id ?? "" })}
        fits={isOutput}
        whenNone={t("form.noneThere")}
      />
      <Segmented
        label={t("rule.level")}
        value={action.level > 0 ? "on" : "off"}
        onChange={(level) => onChange({ ...action, level: level === "on" ? 100 : 0 })}
        choices={[
          { value: "off", text: t("equipment:mode.off") },
          { value: "on", text: t(channel?.kind === "dimmer" ? "equipment:mode.level" : "equipment:mode.on") },
        ]}
        disabledReason={form.isDisabled ? t("form.notYours") : null}
      />
      {isDimmed && <LevelField value={action.level} onChange={(level) => onChange({ ...action, level })} />}
    </>
  );
}

function Starting({
  form,
  at,
  action,
  onChange,
}: ActionProps<Extract<ActionDraft, { readonly kind: "mode" }>>): JSX.Element {
  const { t } = useTranslation("control");
  const words = useProblemWords();
  const modes = useTank((s) => s.modes);
  const choices = [...modes.values()].map(({ id, name }) => ({ value: id as string, text: name }));
  return (
    <Select
      label={t("rule.mode")}
      value={action.modeId === "" ? null : action.modeId}
      onChange={(modeId) => onChange({ ...action, modeId })}
      choices={choices}
      placeholder={t("form.choose")}
      error={words.of(form.problemAt(`actions.${at}.modeId`))}
      isDisabled={form.isDisabled}
      {...(choices.length === 0 ? { help: t("rule.noModes") } : {})}
    />
  );
}

function Ringing({
  form,
  at,
  action,
  onChange,
}: ActionProps<Extract<ActionDraft, { readonly kind: "alarm" }>>): JSX.Element {
  const { t } = useTranslation("control");
  const words = useProblemWords();
  return (
    <>
      <Select
        label={t("rule.priority")}
        value={action.priority}
        onChange={(priority) => onChange({ ...action, priority })}
        choices={PRIORITIES.map((value) => ({ value, text: t(`priority.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      <TextField
        label={t("rule.text")}
        help={t("rule.textHelp")}
        value={action.text}
        onChange={(text) => onChange({ ...action, text })}
        error={words.of(form.problemAt(`actions.${at}.text`))}
        isDisabled={form.isDisabled}
      />
    </>
  );
}
