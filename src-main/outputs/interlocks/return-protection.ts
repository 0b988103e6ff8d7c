import type { ChannelConfig } from "#contract/channels.ts";
import { secondsAfterReturn } from "#domain/outputs/default-output-settings.ts";
import { durationInWords } from "#domain/outputs/words.ts";
import { roleOf } from "../output-channel.ts";
import type { Interlock } from "../ports.ts";
import type { Blocked, InterlockParts } from "./interlock-parts.ts";

interface FlowRule {
  /** What needs the flow. */
  readonly channel: ChannelConfig;
  readonly pumps: readonly ChannelConfig[];
  /** How long a return pump must be known to be on, s. */
  readonly forS: number;
}

/** What works in the flow of a return pump stays off without one, in a tank that has any. */
export function returnProtections(
  channels: readonly ChannelConfig[],
  parts: InterlockParts,
): readonly Interlock[] {
  const pumps = channels.filter((channel) => channel.kind !== "sensor" && roleOf(channel) === "return-pump");
  if (pumps.length === 0) return [];
  return channels.flatMap((channel) => {
    const forS = channel.kind === "sensor" ? null : secondsAfterReturn(roleOf(channel));
    return forS === null ? [] : [createFlowInterlock({ channel, pumps, forS }, parts)];
  });
}

function createFlowInterlock({ channel, pumps, forS }: FlowRule, { outputs }: InterlockParts): Interlock {
  const ids = new Set(pumps.map(({ id }) => id));
  const names = pumps.map(({ name }) => name).join(" or ");
  const blocked = (): Blocked => {
    const onForMs = Math.max(...pumps.map(({ id }) => outputs.confirmedOnForMs(id) ?? Number.NEGATIVE_INFINITY));
    if (onForMs >= forS * 1_000) return null;
    const left = durationInWords(forS * 1_000 - onForMs);
    const text = onForMs < 0 ? `${names} is not known to be on` : `${names} must be on for another ${left} first`;
    return { code: "awaits-return", text: `Off: ${text}.` };
  };
  return {
    channelId: channel.id,
    condition: forS === 0 ? `${names}: on` : `${names}: on for ${durationInWords(forS * 1_000)}`,
    blocked,
    onChange: (listener) =>
      outputs.onChange(({ channelId }) => {
        if (ids.has(channelId)) listener();
      }),
  };
}
