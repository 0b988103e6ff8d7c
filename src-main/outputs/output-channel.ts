import type { ChannelConfig, OutputSettings } from "#contract/channels.ts";
import { ReefFault } from "#contract/errors.ts";
import { OutputRole } from "#contract/quantities.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import type { LevelRange } from "#domain/outputs/levels.ts";

const ROLES: ReadonlySet<string> = new Set(OutputRole.options);

/** What an output does for the tank; one with a sensor's role does nothing by itself. */
export function roleOf({ role }: ChannelConfig): OutputRole {
  return isOutputRole(role) ? role : "generic";
}

function isOutputRole(role: ChannelConfig["role"]): role is OutputRole {
  return role !== null && ROLES.has(role);
}

export function settingsOf(channel: ChannelConfig): OutputSettings {
  return channel.output ?? defaultOutputSettings(roleOf(channel));
}

export function rangeOf(channel: ChannelConfig): LevelRange {
  return { kind: channel.kind, limits: channel.limits };
}

/** True where each time on needs a durable record first: too much of it floods or poisons a tank. */
export function isCapped(channel: ChannelConfig): boolean {
  const role = roleOf(channel);
  return role === "top-off" || role === "doser" || settingsOf(channel).guards.maxOnS !== null;
}

/** @throws ReefFault invalid: nothing drives a sensor */
export function refuseSensor({ kind, name }: ChannelConfig): void {
  if (kind !== "sensor") return;
  throw new ReefFault("invalid", `${name} is a sensor and cannot be driven; register its switch or dimmer.`);
}

/** @throws ReefFault interlocked: nobody but a hand may switch what has no role */
export function refuseGeneric(channel: ChannelConfig): void {
  if (roleOf(channel) !== "generic") return;
  const text = `${channel.name} has no role yet and is switched by hand alone; give it a role first.`;
  throw new ReefFault("interlocked", text);
}
