import { z } from "zod";
import { ChannelId, DeviceId } from "./ids.ts";
import { Instant } from "./time.ts";

export const CheckStatus = z.enum(["ok", "degraded", "failing"]);
export type CheckStatus = z.infer<typeof CheckStatus>;

export const HealthCheck = z.strictObject({ status: CheckStatus, detail: z.string(), since: Instant });
export type HealthCheck = z.infer<typeof HealthCheck>;

export const HealthCheckName = z.enum(["database", "acquisition", "outputs", "clock", "disk", "localStore"]);
export type HealthCheckName = z.infer<typeof HealthCheckName>;

export const Health = z.strictObject({
  status: CheckStatus,
  checks: z.strictObject({
    database: HealthCheck,
    acquisition: HealthCheck,
    outputs: HealthCheck,
    clock: HealthCheck,
    disk: HealthCheck,
    localStore: HealthCheck,
  }),
  version: z.string(),
});
export type Health = z.infer<typeof Health>;

/** After three crashes in 10 min only life support runs, until an operator ends it or an hour goes well. */
export const SafeMode = z.strictObject({
  isActive: z.boolean(),
  since: Instant.nullable(),
  /** When it ends by itself, if nothing crashes until then. */
  endsAt: Instant.nullable(),
  crashes: z.int().nonnegative(),
  /** What holds and why, in one sentence. */
  text: z.string(),
});
export type SafeMode = z.infer<typeof SafeMode>;

/** The truth of one poller. Lateness is how long after its slot a sample was started, ms. */
export const PollerState = z.strictObject({
  deviceId: DeviceId,
  channelIds: z.array(ChannelId),
  intervalS: z.number(),
  state: z.enum(["running", "backing-off", "stopped"]),
  slots: z.int(),
  missedSlots: z.int(),
  failures: z.int(),
  consecutiveFailures: z.int(),
  lastLatenessMs: z.number(),
  maxLatenessMs: z.number(),
  lastReadingAt: Instant.nullable(),
  lastError: z.string().nullable(),
});
export type PollerState = z.infer<typeof PollerState>;

export const AcquisitionState = z.strictObject({ isRunning: z.boolean(), pollers: z.array(PollerState) });
export type AcquisitionState = z.infer<typeof AcquisitionState>;

export const SystemInfo = z.strictObject({
  version: z.string(),
  controllerId: z.uuid(),
  hardware: z.enum(["simulated", "pi", "none"]),
  simulated: z.boolean(),
  host: z.string(),
  platform: z.string(),
  nodeVersion: z.string(),
  /** Where the API listens; `takenPort`: the port it was to have, which another program has; null: it has its own. */
  address: z.strictObject({ url: z.string(), takenPort: z.int().nullable() }),
  database: z.strictObject({ kind: z.enum(["embedded", "external"]), version: z.string().nullable() }),
  startedAt: Instant,
  uptimeS: z.number(),
});
export type SystemInfo = z.infer<typeof SystemInfo>;

export const SystemUsage = z.strictObject({
  cpuPct: z.number(),
  memoryUsedBytes: z.number(),
  memoryTotalBytes: z.number(),
  diskUsedBytes: z.number(),
  diskTotalBytes: z.number(),
  processRssBytes: z.number(),
  loadAverage1Min: z.number(),
});
export type SystemUsage = z.infer<typeof SystemUsage>;

/** From the least to the most severe. */
export const LogLevel = z.enum(["debug", "info", "warn", "error"]);
export type LogLevel = z.infer<typeof LogLevel>;

/** One line of the log, secrets masked. `id` sorts by when it was said and is unique until the program's end. */
export const LogEntry = z.strictObject({
  id: z.string(),
  at: Instant,
  level: LogLevel,
  /** Who said it. */
  part: z.string(),
  message: z.string(),
  fields: z.record(z.string(), z.json()),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** At least this severe. */
export const LogFilter = z.strictObject({ level: LogLevel.optional() });
export type LogFilter = z.infer<typeof LogFilter>;
