import type { ChannelConfig } from "#contract/channels.ts";
import type { Permissive } from "#contract/guards.ts";
import type { LoopConfig } from "#contract/loops.ts";
import type { UsualCondition } from "#contract/outputs.ts";
import { OutputRole, type Quantity } from "#contract/quantities.ts";
import { secondsAfterReturn, usualConditions } from "./default-output-settings.ts";

interface Tank {
  readonly channels: readonly ChannelConfig[];
  readonly loops: readonly LoopConfig[];
}

interface Subject {
  readonly role: string;
  readonly permissives: readonly Permissive[];
  /** The loops that drive it. */
  readonly loops: readonly LoopConfig[];
  readonly channels: readonly ChannelConfig[];
}

/**
 * The conditions that an output of its role usually has and this one does not, since no sensor or pump is named for
 * them: what is not there does not protect.
 */
export function absentConditions(channel: ChannelConfig, { channels, loops }: Tank): readonly UsualCondition[] {
  const subject = {
    role: channel.role,
    permissives: channel.output?.permissives ?? [],
    loops: loops.filter((loop) => drives(loop, channel)),
    channels,
  };
  return usualConditions(channel.role).filter((condition) => !HAS[condition](subject));
}

const HAS: Readonly<Record<UsualCondition, (subject: Subject) => boolean>> = {
  "water-probe": ({ loops, channels }) =>
    loops.some(({ type }) => type === "thermostat") || channels.some(isInWater),
  "moving-water": (subject) =>
    needsOutput(subject, "return-pump") ||
    needsOutput(subject, "circulation") ||
    needsSensor(subject, "flow") ||
    needsSensor(subject, "level"),
  "return-pump": (subject) =>
    isTiedToReturn(subject) ||
    needsOutput(subject, "return-pump") ||
    needsSensor(subject, "flow") ||
    subject.loops.some((loop) => "returnPumpChannelId" in loop && loop.returnPumpChannelId !== null),
  reservoir: ({ loops }) => loops.some((loop) => loop.type === "top-off" && loop.reservoirChannelId !== null),
  "high-level": ({ loops }) => loops.some((loop) => loop.type === "top-off" && loop.highLevelChannelId !== null),
  leak: (subject) =>
    needsSensor(subject, "leak") ||
    subject.loops.some((loop) => loop.type === "top-off" && loop.leakChannelIds.length > 0),
  ph: (subject) =>
    needsSensor(subject, "ph") || subject.loops.some((loop) => loop.type === "doser" && loop.phChannelId !== null),
};

/** By its role alone, in a tank that has a return pump. */
function isTiedToReturn({ role, channels }: Subject): boolean {
  return secondsAfterReturn(OutputRole.catch("generic").parse(role)) !== null && channels.some(isReturnPump);
}

function isReturnPump({ kind, role }: ChannelConfig): boolean {
  return kind !== "sensor" && role === "return-pump";
}

function drives(loop: LoopConfig, { id }: ChannelConfig): boolean {
  switch (loop.type) {
    case "thermostat":
      return loop.heaterChannelId === id || loop.chillerChannelId === id;
    case "top-off":
    case "doser":
      return loop.pumpChannelId === id;
    case "rule":
      return false;
  }
}

/** A probe in the tank's own water. */
export function isInWater({ kind, quantity, role }: ChannelConfig): boolean {
  return kind === "sensor" && quantity === "temperature" && (role === "display" || role === "sump");
}

function needsOutput({ permissives, channels }: Subject, role: OutputRole): boolean {
  const named = permissives.flatMap((permissive) =>
    permissive.kind === "output-on" ? [permissive.channelId] : [],
  );
  return channels.some((channel) => channel.role === role && named.includes(channel.id));
}

function needsSensor({ permissives, channels }: Subject, quantity: Quantity): boolean {
  const named = permissives.flatMap((permissive) => (permissive.kind === "sensor" ? [permissive.channelId] : []));
  return channels.some((channel) => channel.quantity === quantity && named.includes(channel.id));
}
