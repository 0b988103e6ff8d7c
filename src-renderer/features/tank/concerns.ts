import type { Alarm, AlarmPriority } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import type { Output } from "#contract/outputs.ts";
import type { LiveReading, QualityReason } from "#contract/readings.ts";
import type { Health, HealthCheckName } from "#contract/system.ts";
import { isRaised } from "../../stores/alarms.ts";
import { type Departure, departureOf, isWet } from "./departure.ts";

/** One thing that wants a look. */
export type Concern =
  /** The worst alarm of a cause, and how many more the same cause brought about. */
  | { readonly kind: "alarm"; readonly alarm: Alarm; readonly more: number }
  | { readonly kind: "leak"; readonly channel: Channel }
  | { readonly kind: "outside"; readonly channel: Channel; readonly departure: Departure }
  | { readonly kind: "bad" | "stale"; readonly channel: Channel; readonly reason: QualityReason }
  | { readonly kind: "latched" | "fault" | "failed" | "unknown"; readonly output: Output }
  | { readonly kind: "unreachable"; readonly device: Device }
  | {
      readonly kind: "health";
      readonly check: HealthCheckName;
      readonly isFailing: boolean;
      readonly detail: string;
    };

export interface KnownTank {
  readonly devices: ReadonlyMap<string, Device>;
  readonly readings: ReadonlyMap<string, LiveReading>;
  readonly outputs: ReadonlyMap<string, Output>;
  readonly health: Health | null;
  /** The worst first; absent: not yet told. */
  readonly alarms?: readonly Alarm[];
}

/** What wants a look, the gravest first. What is behind a device that does not answer is one thing, not twenty. */
export function concernsIn(tank: KnownTank): readonly Concern[] {
  const concerns: Concern[] = [];
  for (const device of tank.devices.values()) {
    if (!device.isEnabled) continue;
    if (device.status.state === "offline") concerns.push({ kind: "unreachable", device });
    else concerns.push(...channelConcernsOf(device, tank));
  }
  concerns.push(...healthConcernsIn(tank.health, concerns));
  const causes = causesOf(tank.alarms ?? []);
  const isTold = (concern: Concern): boolean =>
    causes.flat().some(({ channelId, priority }) => {
      return channelId === placeOf(concern) && ALARM_GRAVITY[priority] >= gravityOf(concern);
    });
  const all: readonly Concern[] = [
    ...causes.map(([alarm, ...others]) => ({ kind: "alarm" as const, alarm, more: others.length })),
    ...concerns.filter((concern) => !isTold(concern)),
  ];
  return all.toSorted((a, b) => gravityOf(b) - gravityOf(a));
}

/** What is raised now; what came of one cause is one thing. */
function causesOf(alarms: readonly Alarm[]): readonly (readonly [Alarm, ...Alarm[]])[] {
  const byCause = Map.groupBy(alarms.filter(isRaised), ({ id, groupId }) => groupId ?? id);
  return [...byCause.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [[first, ...others]]));
}

/** What an alarm would speak of too. */
function placeOf(concern: Concern): string | undefined {
  if ("channel" in concern) return concern.channel.id;
  return "output" in concern ? concern.output.channelId : undefined;
}

/** Danger to the tank itself, not only to what is known of it. */
export function isGrave(concern: Concern): boolean {
  return gravityOf(concern) >= GRAVE;
}

function channelConcernsOf(device: Device, { readings, outputs }: KnownTank): readonly Concern[] {
  const concerns = device.channels.map((channel) =>
    channel.kind === "sensor"
      ? readingConcern(channel, readings.get(channel.id))
      : outputConcern(outputs.get(channel.id)),
  );
  return concerns.filter((concern) => concern !== null);
}

function readingConcern(channel: Channel, reading: LiveReading | undefined): Concern | null {
  if (reading === undefined) return { kind: "bad", channel, reason: "no-reading" };
  const { value, quality, reason } = reading;
  if (quality === "bad" || value === null) return { kind: "bad", channel, reason: reason ?? "no-reading" };
  if (quality === "uncertain") return { kind: "stale", channel, reason: reason ?? "stale" };
  if (channel.quantity === "leak") return isWet(value) ? { kind: "leak", channel } : null;
  const departure = departureOf(value, channel.limits);
  return departure === null ? null : { kind: "outside", channel, departure };
}

function outputConcern(output: Output | undefined): Concern | null {
  if (output === undefined) return null;
  const { faults, confirmation, owner } = output;
  if (faults.some(({ latched }) => latched)) return { kind: "latched", output };
  if (confirmation === "failed") return { kind: "failed", output };
  // Where nobody asks for anything, nothing that was asked for can have gone wrong.
  if (confirmation === "unknown" && owner !== "none") return { kind: "unknown", output };
  return faults.length > 0 ? { kind: "fault", output } : null;
}

/** A check that only sums up what was already named adds nothing. */
function* healthConcernsIn(health: Health | null, named: readonly Concern[]): Iterable<Concern> {
  const isOutputNamed = named.some((concern) => "output" in concern);
  const isSensorNamed = named.some((concern) => "channel" in concern || "device" in concern);
  for (const [name, { status, detail }] of Object.entries(health?.checks ?? {})) {
    const check = name as HealthCheckName;
    if (status === "ok" || (check === "outputs" && isOutputNamed)) continue;
    if (check === "acquisition" && isSensorNamed) continue;
    yield { kind: "health", check, isFailing: status === "failing", detail };
  }
}

const GRAVE = 70;
const ALARM_GRAVITY: Readonly<Record<AlarmPriority, number>> = { critical: 110, high: 96, medium: 65, low: 30 };

function gravityOf(concern: Concern): number {
  switch (concern.kind) {
    case "alarm":
      return ALARM_GRAVITY[concern.alarm.priority];
    case "leak":
      return 100;
    case "outside":
      return concern.channel.role === "display" ? 95 : 60;
    case "failed":
      return 90;
    case "latched":
      return 80;
    case "unreachable":
      return 75;
    case "health":
      return concern.isFailing ? 72 : 20;
    case "unknown":
      return 55;
    case "bad":
      return concern.channel.role === "display" ? 71 : 50;
    case "fault":
      return 45;
    case "stale":
      return 40;
  }
}
