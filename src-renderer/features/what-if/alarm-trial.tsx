import type { JSX } from "react";
import type { Channel } from "#contract/channels.ts";
import { Select } from "../../components/fields.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DelayPair, LimitPair } from "../alarms/limit-rows.tsx";
import { ChannelRow } from "../control/form/channel-row.tsx";
import formStyles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import { differenceIn } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { isSensor } from "../loops/fits.ts";
import { AlarmAnswer } from "./alarm-answer.tsx";
import { type AlarmDraft, AlarmQuestion, alarmDraft, TRIED_KINDS } from "./alarm-draft.ts";
import type { SpanChoice } from "./span-choice.ts";
import { TrialLayout } from "./trial-layout.tsx";
import { useTrial } from "./use-trial.ts";

interface AlarmTrialProps {
  readonly first: Channel;
  readonly span: SpanChoice;
  readonly onSpan: (span: SpanChoice) => void;
}

/** An alarm on the past: how often it would have rung. */
export function AlarmTrial({ first, span, onSpan }: AlarmTrialProps): JSX.Element {
  const { t } = useTranslation("whatIf");
  const trial = useTrial({
    initial: alarmDraft(first, "high"),
    schema: AlarmQuestion,
    span,
    ask: (alarm, past, signal) => core.api.alarms.preview.mutate({ alarm, ...past }, { signal }),
  });
  return (
    <TrialLayout
      trial={trial}
      label={t("alarm.title")}
      onSpan={onSpan}
      fields={
        <Section title={t("alarm.title")}>
          <AlarmFields form={trial.form} />
          <p className={formStyles["small"]}>{t("alarm.help")}</p>
        </Section>
      }
      answer={(draft, preview) => <AlarmAnswer draft={draft} preview={preview} />}
    />
  );
}

function AlarmFields({ form }: { readonly form: DraftForm<AlarmDraft> }): JSX.Element {
  const { t } = useTranslation(["whatIf", "control"]);
  const formats = useFormats();
  const devices = useTank((s) => s.devices);
  const { draft, set } = form;
  const sensors = channelsOf(devices).filter(isSensor);
  const channel = sensors.find(({ id }) => id === draft.channelId);
  const kind = TRIED_KINDS.find((one) => one === draft.kind) ?? "high";
  const display =
    channel === undefined ? formats.unitOf("generic", "") : formats.unitOf(channel.quantity, channel.unit);
  const choose = (channelId: string | null, next: typeof kind): void => {
    const chosen = sensors.find(({ id }) => id === channelId);
    if (chosen !== undefined) set(alarmDraft(chosen, next));
  };
  return (
    <>
      <ChannelRow
        form={form}
        path="channelId"
        label={t("alarm.channel")}
        value={draft.channelId}
        onChange={(id) => choose(id, kind)}
        fits={isSensor}
        whenNone={t("control:form.noneThere")}
      />
      <Select
        label={t("alarm.kind")}
        value={kind}
        onChange={(next) => choose(draft.channelId, next)}
        choices={TRIED_KINDS.map((one) => ({ value: one, text: t(`alarm.kinds.${one}`) }))}
        isDisabled={form.isDisabled}
      />
      <LimitPair form={form} display={display} deadbandDisplay={differenceIn(display)} />
      <DelayPair key={`${draft.channelId} ${kind}`} form={form} />
    </>
  );
}
