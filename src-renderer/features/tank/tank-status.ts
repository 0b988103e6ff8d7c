import type { Device } from "#contract/devices.ts";
import type { EmergencyStopState } from "#contract/outputs.ts";
import type { LiveReading } from "#contract/readings.ts";
import { type Concern, concernsIn, isGrave, type KnownTank } from "./concerns.ts";

/** What the tank is, as one sentence says it. */
export type TankStatus =
  | { readonly kind: "offline" | "waiting" | "no-devices" | "emergency-stop" | "well" | "no-limits" | "no-health" }
  | { readonly kind: "concerns"; readonly concerns: readonly [Concern, ...Concern[]] };

/** What a color may say of it: `unknown` and `plain` are never green. */
export type Tone = "unknown" | "plain" | "well" | "look" | "danger";

export interface SeenTank extends KnownTank {
  readonly isOnline: boolean;
  /** False until the core has told which devices there are. */
  readonly isTold: boolean;
  readonly emergencyStop: EmergencyStopState | null;
}

/** The tank's state, of which nothing is claimed that is not known now. */
export function tankStatusOf(tank: SeenTank): TankStatus {
  if (!tank.isOnline) return { kind: "offline" };
  if (tank.emergencyStop?.isActive === true) return { kind: "emergency-stop" };
  if (!tank.isTold || tank.emergencyStop === null || tank.health === null) return { kind: "waiting" };
  if (![...tank.devices.values()].some(({ isEnabled }) => isEnabled)) return { kind: "no-devices" };
  if (isFirstReadingAwaited(tank)) return { kind: "waiting" };
  const [first, ...others] = concernsIn(tank);
  if (first !== undefined) return { kind: "concerns", concerns: [first, ...others] };
  // Degraded as a whole though no check names anything: less than well, and nothing to point at.
  if (tank.health.status !== "ok") return { kind: "no-health" };
  return { kind: isJudged(tank) ? "well" : "no-limits" };
}

export function toneOf(status: TankStatus): Tone {
  switch (status.kind) {
    case "offline":
    case "waiting":
      return "unknown";
    case "no-devices":
    case "no-limits":
      return "plain";
    case "well":
      return "well";
    case "no-health":
      return "look";
    case "emergency-stop":
      return "danger";
    case "concerns":
      return isGrave(status.concerns[0]) ? "danger" : "look";
  }
}

/** How many of the devices that are switched on answer. */
export function answeringOf(devices: ReadonlyMap<string, Device>): {
  readonly answering: number;
  readonly all: number;
} {
  const asked = [...devices.values()].filter(({ isEnabled }) => isEnabled);
  return { answering: asked.filter(({ status }) => status.state === "online").length, all: asked.length };
}

/** Without a single good reading within limits that somebody set, "well" would be a guess. */
function isJudged({ devices, readings }: KnownTank): boolean {
  return sensorsOf(devices).some(({ id, limits }) => limits !== null && isGood(readings.get(id)));
}

function isFirstReadingAwaited({ devices, readings }: KnownTank): boolean {
  const sensors = sensorsOf(devices);
  return sensors.length > 0 && !sensors.some(({ id }) => readings.has(id));
}

function sensorsOf(devices: ReadonlyMap<string, Device>) {
  const enabled = [...devices.values()].filter(({ isEnabled }) => isEnabled);
  return enabled.flatMap(({ channels }) => channels.filter(({ kind }) => kind === "sensor"));
}

function isGood(reading: LiveReading | undefined): boolean {
  return reading?.quality === "good";
}
