import type { Permissive } from "#contract/guards.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { ModeKind } from "#contract/mode-kinds.ts";
import { shownUnit } from "#contract/shown-unit.ts";
import { durationInWords } from "#domain/outputs/words.ts";
import type { Interlock } from "../ports.ts";
import { type Blocked, type InterlockParts, nameOf } from "./interlock-parts.ts";
import { createSensorInterlock } from "./sensor-interlock.ts";

const MODE_WORDS: Readonly<Record<ModeKind, string>> = {
  feed: "feeding",
  maintenance: "maintenance",
  "water-change": "a water change",
  vacation: "vacation",
  emergency: "the emergency mode",
};

/** A condition a keeper, or a loop's configuration, set for an output to be on. What is not known does not hold. */
export function createPermissive(channelId: ChannelId, permissive: Permissive, parts: InterlockParts): Interlock {
  switch (permissive.kind) {
    case "sensor":
      return sensorWithin(channelId, permissive, parts);
    case "output-on":
      return outputOn(channelId, permissive, parts);
    case "output-off":
      return outputOff(channelId, permissive, parts);
    case "no-mode":
      return noMode(channelId, permissive, parts);
  }
}

type Of<K extends Permissive["kind"]> = Extract<Permissive, { kind: K }>;

function sensorWithin(
  channelId: ChannelId,
  { channelId: sensorChannelId, min, max }: Of<"sensor">,
  parts: InterlockParts,
) {
  const sensor = parts.channelOf(sensorChannelId);
  const unit = sensor === null ? "" : shownUnit(sensor.quantity, sensor.unit);
  const bounds = [min === null ? [] : [`at least ${min} ${unit}`], max === null ? [] : [`at most ${max} ${unit}`]];
  const rule = {
    channelId,
    sensorChannelId,
    words: bounds
      .flat()
      .map((bound) => bound.trimEnd())
      .join(" and "),
    holds: (value: number) =>
      value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY),
    code: "permissive-broken",
  };
  return createSensorInterlock(rule, parts);
}

function outputOn(
  channelId: ChannelId,
  { channelId: otherId, forS }: Of<"output-on">,
  parts: InterlockParts,
): Interlock {
  const name = nameOf(parts, otherId);
  const needed = forS === 0 ? "on" : `on for ${durationInWords(forS * 1_000)}`;
  const blocked = (): Blocked => {
    const onForMs = parts.outputs.confirmedOnForMs(otherId);
    if (onForMs !== null && onForMs >= forS * 1_000) return null;
    if (onForMs === null) return { code: "needs-output-on", text: `Off: ${name} is not known to be on.` };
    const leftMs = forS * 1_000 - onForMs;
    return {
      code: "needs-output-on",
      text: `Off: ${name} must be on for another ${durationInWords(leftMs)} first.`,
    };
  };
  return { channelId, condition: `${name}: ${needed}`, blocked, onChange: onOutput(otherId, parts) };
}

function outputOff(
  channelId: ChannelId,
  { channelId: otherId, forS }: Of<"output-off">,
  parts: InterlockParts,
): Interlock {
  const name = nameOf(parts, otherId);
  const needed = forS === 0 ? "off" : `off for ${durationInWords(forS * 1_000)}`;
  const blocked = (): Blocked => {
    const offForMs = parts.outputs.confirmedOffForMs(otherId);
    if (offForMs !== null && offForMs >= forS * 1_000) return null;
    if (offForMs === null) return { code: "needs-output-off", text: `Off: ${name} is not known to be off.` };
    const leftMs = forS * 1_000 - offForMs;
    return {
      code: "needs-output-off",
      text: `Off: ${name} must be off for another ${durationInWords(leftMs)} first.`,
    };
  };
  return { channelId, condition: `${name}: ${needed}`, blocked, onChange: onOutput(otherId, parts) };
}

function noMode(channelId: ChannelId, { modes: kinds }: Of<"no-mode">, { modes }: InterlockParts): Interlock {
  const words = kinds.map((kind) => MODE_WORDS[kind]).join(", ");
  const blocked = (): Blocked => {
    const on = modes.activeModeKinds().find((kind) => kinds.includes(kind));
    return on === undefined ? null : { code: "mode-on", text: `Off during ${MODE_WORDS[on]}.` };
  };
  return {
    channelId,
    condition: `Not during ${words}`,
    blocked,
    onChange: (listener) => modes.onChange(listener),
  };
}

/** Calls back at every change of one output. */
function onOutput(otherId: ChannelId, { outputs }: InterlockParts): NonNullable<Interlock["onChange"]> {
  return (listener) =>
    outputs.onChange(({ channelId }) => {
      if (channelId === otherId) listener();
    });
}
