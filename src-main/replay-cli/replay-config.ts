import { z } from "zod";
import { AlarmKind, AlarmPriority } from "#contract/alarms.ts";
import { ReefFault } from "#contract/errors.ts";
import type { Recording } from "../hardware/replay/recording.ts";

const Seconds = z.number().min(0).max(86_400);

/** `--config`: what is tried on the recording instead of the defaults. Channels are named as recorded. */
const ReplayConfigFile = z.strictObject({
  alarms: z
    .array(
      z.strictObject({
        channel: z.string(),
        kind: AlarmKind,
        setpoint: z.number().nullable().default(null),
        windowS: z.number().min(60).max(604_800).nullable().default(null),
        deadband: z.number().nonnegative().default(0),
        onDelayS: Seconds.default(0),
        offDelayS: Seconds.default(0),
        priority: AlarmPriority.default("high"),
        latching: z.boolean().default(false),
        response: z.string().trim().min(1).max(280).default("Look at the tank."),
      }),
    )
    .default([]),
  thermostats: z
    .array(
      z.strictObject({
        /** The recorded heater it is compared with. */
        output: z.string(),
        sensor: z.string(),
        setpointC: z.number().min(5).max(45),
        hysteresisC: z.number().min(0.05).max(2).default(0.15),
      }),
    )
    .default([]),
});
export type ReplayConfig = z.infer<typeof ReplayConfigFile>;

/** @throws ReefFault invalid: not JSON, or every field that does not fit, by name */
export function parseReplayConfig(text: string, path: string): ReplayConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ReefFault("invalid", `The configuration ${path} is no JSON.`, { cause: error });
  }
  const parsed = ReplayConfigFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((i) => `${i.path.join(".") || "the whole"}: ${i.message}`).join("; ");
  throw new ReefFault("invalid", `The configuration ${path} does not fit: ${fields}.`);
}

/** @throws ReefFault invalid where a channel it names is not in the recording */
export function assertRecorded({ alarms, thermostats }: ReplayConfig, recording: Recording): void {
  const names = new Set(recording.channels.map((c) => c.name));
  const wanted = [...alarms.map((a) => a.channel), ...thermostats.flatMap((t) => [t.output, t.sensor])];
  const missing = [...new Set(wanted)].filter((name) => !names.has(name));
  if (missing.length === 0) return;
  throw new ReefFault(
    "invalid",
    `The recording has no channel ${missing.join(", ")}; it has ${[...names].join(", ")}.`,
  );
}
