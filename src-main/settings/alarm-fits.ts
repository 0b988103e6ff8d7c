import { ALARM_INPUTS, type AlarmDefinition, type AlarmKind } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import type { LoopConfig } from "#contract/loops.ts";
import type { Configuration } from "./ports.ts";

type Inputs = "channelId" | "loopId" | "otherChannelId" | "check" | "setpoint" | "windowS";

/** Inputs a kind may have besides those it cannot do without. */
const OPTIONAL: Partial<Record<AlarmKind, readonly Inputs[]>> = {
  drift: ["channelId", "loopId"],
};
const INPUTS: readonly Inputs[] = ["channelId", "loopId", "otherChannelId", "check", "setpoint", "windowS"];

/** What is named must be there, and of the kind that is watched. @throws ReefFault invalid, each field named */
export function refuseUnfitAlarm(
  alarm: AlarmDefinition,
  current: Pick<Configuration, "channels" | "loops">,
): void {
  const details = [...inputMisfits(alarm), ...channelMisfits(alarm, current), ...loopMisfits(alarm, current)];
  if (details.length === 0) return;
  throw new ReefFault("invalid", "This alarm does not fit what it watches.", { details });
}

function inputMisfits(alarm: AlarmDefinition): readonly FaultDetail[] {
  const needed: readonly string[] = ALARM_INPUTS[alarm.kind];
  const allowed = [...needed, ...(OPTIONAL[alarm.kind] ?? [])];
  const misfits = INPUTS.flatMap((field): FaultDetail[] => {
    const isGiven = alarm[field] !== null;
    if (!isGiven && needed.includes(field)) return [{ field, message: `an alarm of kind ${alarm.kind} needs it` }];
    if (isGiven && !allowed.includes(field))
      return [{ field, message: `an alarm of kind ${alarm.kind} has none` }];
    return [];
  });
  return [...misfits, ...sizeMisfits(alarm), ...driftMisfits(alarm)];
}

const SIZES: readonly AlarmKind[] = ["rate-of-change", "deviation", "discrepancy", "drift"];

function sizeMisfits({ kind, setpoint }: AlarmDefinition): readonly FaultDetail[] {
  if (setpoint === null) return [];
  if (SIZES.includes(kind) && setpoint <= 0) return [{ field: "setpoint", message: "must be above 0" }];
  const isBit = setpoint === 0 || setpoint === 1;
  return kind === "digital" && !isBit ? [{ field: "setpoint", message: "must be 0 or 1" }] : [];
}

function driftMisfits({ kind, channelId, loopId }: AlarmDefinition): readonly FaultDetail[] {
  if (kind !== "drift" || (channelId === null) !== (loopId === null)) return [];
  return [{ field: "loopId", message: "a drift is one loop's or one output's: name one of them" }];
}

function channelMisfits(
  alarm: AlarmDefinition,
  { channels }: Pick<Configuration, "channels">,
): readonly FaultDetail[] {
  const { kind, channelId, otherChannelId } = alarm;
  const find = (id: string) => channels.find((channel) => channel.id === id);
  const details: FaultDetail[] = [];
  const need = (field: string, id: string | null, fits: (channel: ChannelConfig) => string | null) => {
    if (id === null) return;
    const channel = find(id);
    const message = channel === undefined ? "there is no such channel" : fits(channel);
    if (message !== null) details.push({ field, message });
  };
  const isOfOutput = kind === "output-fault" || kind === "drift";
  need("channelId", channelId, isOfOutput ? (channel) => outputMisfit(channel, kind) : sensorMisfit);
  need("otherChannelId", otherChannelId, (other) => {
    if (other.id === channelId) return "must be another probe than the first";
    const first = channelId === null ? undefined : find(channelId);
    if (first !== undefined && first.unit !== other.unit) return `must be measured in ${first.unit} as the first`;
    return sensorMisfit(other);
  });
  return details;
}

function sensorMisfit({ kind }: ChannelConfig): string | null {
  return kind === "sensor" ? null : "must be a sensor";
}

function outputMisfit({ kind, output }: ChannelConfig, of: AlarmKind): string | null {
  if (kind === "sensor" || output === null) return "must be an output";
  return of === "drift" && output.equipment.powerChannelId === null ? "must have its power metered" : null;
}

function loopMisfits(
  { kind, loopId }: AlarmDefinition,
  { loops }: Pick<Configuration, "loops">,
): readonly FaultDetail[] {
  if (loopId === null) return [];
  const loop = loops.find(({ id }) => id === loopId);
  const message = loop === undefined ? "there is no such loop" : loopMisfit(kind, loop);
  return message === null ? [] : [{ field: "loopId", message }];
}

function loopMisfit(kind: AlarmKind, loop: LoopConfig): string | null {
  if (kind === "deviation")
    return loop.type === "thermostat" ? null : "must be a thermostat: it holds a set-point";
  if (kind !== "drift" || loop.type === "top-off") return null;
  const isHeated = loop.type === "thermostat" && loop.heaterChannelId !== null;
  return isHeated ? null : "must be a thermostat with a heater, or a top-off";
}
