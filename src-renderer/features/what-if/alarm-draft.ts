import type { z } from "zod";
import { type AlarmKind, UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import { AlarmPreviewRequest } from "#contract/what-if.ts";
import { defaultAlarms } from "#domain/alarms/default-alarms.ts";
import type { Draft } from "../control/form/draft.ts";

export const AlarmQuestion = AlarmPreviewRequest.shape.alarm;
export type AlarmDraft = Draft<z.infer<typeof AlarmQuestion>>;

/** Those the past can answer: it keeps good readings alone, so what rings at bad or missing ones is not among them. */
export const TRIED_KINDS = ["low-low", "low", "high", "high-high"] as const satisfies readonly AlarmKind[];
export type TriedKind = (typeof TRIED_KINDS)[number];

const FIRST_DELAY_S = 60;

/** An alarm as it is offered for this sensor; where none is, at the edge of the band it is expected in. */
export function alarmDraft(channel: Channel, kind: TriedKind): AlarmDraft {
  const common = { ...UNUSED_ALARM_FIELDS, name: `${channel.name} ${kind}`, channelId: channel.id };
  const template = defaultAlarms(channel.quantity).find((offered) => offered.kind === kind);
  if (template !== undefined) return { ...common, ...template };
  const isLow = kind === "low" || kind === "low-low";
  const edge = isLow ? channel.limits?.min : channel.limits?.max;
  return {
    ...common,
    kind,
    setpoint: edge ?? Number.NaN,
    deadband: 0,
    onDelayS: FIRST_DELAY_S,
    offDelayS: FIRST_DELAY_S,
    priority: "medium",
    latching: false,
    response: common.name,
  };
}

/** The sensor to begin with: the one that was asked for, the display's temperature, or the first. */
export function firstChannel(sensors: readonly Channel[], asked: string | null): Channel | undefined {
  return (
    sensors.find(({ id }) => id === asked) ??
    sensors.find(({ quantity, role }) => quantity === "temperature" && role === "display") ??
    sensors[0]
  );
}
