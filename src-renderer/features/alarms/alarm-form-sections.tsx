import type { JSX } from "react";
import { ALARM_INPUTS, AlarmKind, AlarmPriority, ControllerCheck } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import { Select, Switch } from "../../components/fields.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { ChannelRow } from "../control/form/channel-row.tsx";
import { DurationRow } from "../control/form/duration-row.tsx";
import styles from "../control/form/form.module.css";
import { Section } from "../control/form/section.tsx";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { useProblemWords } from "../control/form/use-problem-words.ts";
import { NameRow } from "../loops/fields-common.tsx";
import { isOutput, isSensor } from "../loops/fits.ts";
import { type AlarmFormDraft, againFor, asKind } from "./alarm-form-draft.ts";
import { deadbandUnit, setpointUnit } from "./alarm-units.ts";
import { DelayPair, LimitPair } from "./limit-rows.tsx";

interface SectionProps {
  readonly form: DraftForm<AlarmFormDraft>;
}

/** What it is called and what it watches. */
export function Subject({ form }: SectionProps): JSX.Element {
  const { t } = useTranslation(["alarms", "control"]);
  const channel = useChannel(form.draft.channelId);
  const loops = useTank((s) => s.loops);
  const { draft, set } = form;
  const needs: readonly string[] = ALARM_INPUTS[draft.kind];
  const isOfOutput = draft.kind === "output-fault";
  const loop = draft.loopId === null ? null : (loops.get(draft.loopId) ?? null);
  return (
    <Section title={t("form.what")} lead={t("form.whatLead")}>
      <NameRow form={form} />
      <Select
        label={t("form.kind")}
        help={t(`kindHelp.${draft.kind}`)}
        value={draft.kind}
        onChange={(kind) => set(asKind(draft, kind, { channel: fitting(kind, channel), loop }))}
        choices={AlarmKind.options.map((value) => ({ value, text: t(`kind.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      {draft.channelId !== null && (
        <ChannelRow
          form={form}
          path="channelId"
          label={isOfOutput ? t("form.output") : t("form.sensor")}
          value={draft.channelId}
          onChange={(channelId) => set({ channelId: channelId ?? "" })}
          fits={isOfOutput || draft.kind === "drift" ? isOutput : isSensor}
          whenNone={t("control:form.noneThere")}
        />
      )}
      {needs.includes("otherChannelId") && (
        <ChannelRow
          form={form}
          path="otherChannelId"
          label={t("form.otherSensor")}
          value={draft.otherChannelId}
          onChange={(otherChannelId) => set({ otherChannelId: otherChannelId ?? "" })}
          fits={(other) => isSensor(other) && other.quantity === channel?.quantity && other.id !== channel.id}
          whenNone={t("form.noOtherSensor")}
        />
      )}
      {draft.loopId !== null && <LoopRow form={form} />}
      {draft.check !== null && (
        <Select
          label={t("form.check")}
          value={draft.check}
          onChange={(check) => set({ check })}
          choices={ControllerCheck.options.map((value) => ({ value, text: t(`check.${value}`) }))}
          isDisabled={form.isDisabled}
        />
      )}
    </Section>
  );
}

function LoopRow({ form }: SectionProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useProblemWords();
  const loops = useTank((s) => s.loops);
  const { draft, set } = form;
  const fits = [...loops.values()].filter(({ type }) => draft.kind !== "deviation" || type === "thermostat");
  return (
    <Select
      label={t("form.loop")}
      value={draft.loopId === "" ? null : draft.loopId}
      onChange={(loopId) => {
        const loop = loops.get(loopId);
        const sensor = loop?.type === "thermostat" ? loop.sensorChannelId : undefined;
        set({ loopId, ...(draft.kind === "deviation" && sensor !== undefined ? { channelId: sensor } : {}) });
      }}
      choices={fits.map(({ id, name }) => ({ value: id as string, text: name }))}
      error={words.of(form.problemAt("loopId"))}
      isDisabled={form.isDisabled}
      {...(fits.length === 0 ? { help: t("form.noLoop") } : {})}
    />
  );
}

/** When it rings and when it is over. */
export function Conditions({ form }: SectionProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const formats = useFormats();
  const { draft, set } = form;
  const channel = useChannel(draft.channelId);
  const display = setpointUnit(draft.kind, channel, formats);
  const hasNumber = draft.setpoint !== null && draft.kind !== "digital";
  return (
    <Section title={t("form.when")} lead={t("form.whenLead")}>
      {draft.kind === "digital" && <Digital form={form} channel={channel} />}
      {hasNumber && (
        <LimitPair
          form={form}
          label={t(`form.setpoint.${setpointLabel(draft.kind)}`)}
          display={display}
          deadbandDisplay={deadbandUnit(draft.kind, channel, formats)}
        />
      )}
      {draft.windowS !== null && (
        <DurationRow
          form={form}
          path="windowS"
          label={t("form.window")}
          help={t("form.windowHelp")}
          value={draft.windowS}
          onChange={(windowS) => set({ windowS: windowS ?? Number.NaN })}
          units={["min", "h", "d"]}
        />
      )}
      <DelayPair key={draft.kind} form={form} />
    </Section>
  );
}

interface DigitalProps extends SectionProps {
  readonly channel: Channel | undefined;
}

/** Which of the two is wrong. */
function Digital({ form, channel }: DigitalProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const isLeak = channel?.quantity === "leak";
  return (
    <Segmented
      label={t("form.wrongValue")}
      value={form.draft.setpoint === 0 ? "0" : "1"}
      onChange={(value) => form.set({ setpoint: Number(value) })}
      choices={[
        { value: "1", text: t(isLeak ? "condition.wet" : "condition.closed") },
        { value: "0", text: t(isLeak ? "condition.dry" : "condition.open") },
      ]}
    />
  );
}

/** How urgent it is, and what whoever hears it has to know. */
export function Answering({ form }: SectionProps): JSX.Element {
  const { t } = useTranslation("alarms");
  const words = useProblemWords();
  const { draft, set } = form;
  const text = (field: "cause" | "consequence" | "response"): JSX.Element => (
    <TextArea
      label={t(`form.${field}`)}
      help={t(`form.${field}Help`)}
      value={draft[field]}
      onChange={(value) => set({ [field]: value })}
      error={words.of(form.problemAt(field))}
      isDisabled={form.isDisabled}
    />
  );
  return (
    <Section title={t("form.answering")} lead={t("form.answeringLead")}>
      <Select
        label={t("form.priority")}
        help={t(`priorityHelp.${draft.priority}`)}
        value={draft.priority}
        onChange={(priority) => set({ priority, reAlarmS: againFor(priority) })}
        choices={AlarmPriority.options.map((value) => ({ value, text: t(`priority.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      {text("response")}
      {text("cause")}
      {text("consequence")}
      <div>
        <Switch
          isSelected={draft.latching}
          onChange={(latching) => set({ latching })}
          isDisabled={form.isDisabled}
        >
          {t("form.latching")}
        </Switch>
        <p className={styles["small"]}>{t("form.latchingHelp")}</p>
      </div>
      <DurationRow
        key={draft.priority}
        form={form}
        path="reAlarmS"
        label={t("form.again")}
        help={t("form.againHelp")}
        value={draft.reAlarmS}
        onChange={(reAlarmS) => set({ reAlarmS })}
        isNullable
        units={["min", "h"]}
      />
    </Section>
  );
}

function useChannel(id: string | null): Channel | undefined {
  const devices = useTank((s) => s.devices);
  return id === null ? undefined : channelsOf(devices).find((channel) => channel.id === id);
}

/** An output cannot be too warm, and a sensor has no fault to be reset. */
function fitting(kind: AlarmKind, channel: Channel | undefined): Channel | null {
  if (channel === undefined) return firstSensor();
  const wantsOutput = kind === "output-fault";
  if (wantsOutput) return isOutput(channel) ? channel : null;
  return isSensor(channel) ? channel : firstSensor();
}

function firstSensor(): Channel | null {
  return channelsOf(useTank.getState().devices).find(isSensor) ?? null;
}

function setpointLabel(kind: AlarmKind): "limit" | "change" | "distance" | "times" {
  if (kind === "rate-of-change") return "change";
  if (kind === "deviation" || kind === "discrepancy") return "distance";
  return kind === "drift" ? "times" : "limit";
}
