import { z } from "zod";
import { AlarmEventId, AlarmId, ChannelId, LoopId } from "./ids.ts";
import { Name } from "./names.ts";
import { patchOf } from "./patch.ts";
import { Instant } from "./time.ts";

/** Ranked by consequence and time to respond, most urgent first (ISA-18.2 prioritization). */
export const AlarmPriority = z.enum(["critical", "high", "medium", "low"]);
export type AlarmPriority = z.infer<typeof AlarmPriority>;

/** What an alarm watches; see `ALARM_INPUTS` for what each kind needs. */
export const AlarmKind = z.enum([
  "low-low",
  "low",
  "high",
  "high-high",
  /** The slope over a window, by least squares. */
  "rate-of-change",
  /** The distance to a loop's set-point of the moment. */
  "deviation",
  /** Two probes that should say the same. */
  "discrepancy",
  "stale",
  "bad-measurement",
  /** A float or a leak sensor at the wrong one of its two values. */
  "digital",
  /** A latched or standing fault of an output. */
  "output-fault",
  /** A loop's own warning: it cannot keep up, its container is empty, a rule's words. */
  "loop-warning",
  /** Today against the 7-day baseline: a heater's duty, evaporation, a pump's power. */
  "drift",
  /** The controller's own: silent, clock, database, disk, under-voltage. */
  "controller",
]);
export type AlarmKind = z.infer<typeof AlarmKind>;

/** Checks of the controller that an alarm can watch: those of `/health`, and what only a Pi can tell. */
export const ControllerCheck = z.enum([
  "acquisition",
  "outputs",
  "database",
  "clock",
  "disk",
  "local-store",
  "under-voltage",
  "safe-mode",
]);
export type ControllerCheck = z.infer<typeof ControllerCheck>;

const DELAY_S = z.number().min(0).max(86_400);
const Text = z.string().trim().max(280);

const AlarmFields = {
  name: Name,
  kind: AlarmKind,
  /** The sensor, or for `output-fault` and a drift of power the output; null for the kinds of a loop or of the controller. */
  channelId: ChannelId.nullable(),
  /** deviation, loop-warning, a drift of duty or evaporation. */
  loopId: LoopId.nullable().default(null),
  /** discrepancy: the probe it is compared with. */
  otherChannelId: ChannelId.nullable().default(null),
  /** controller. */
  check: ControllerCheck.nullable().default(null),
  /**
   * In the channel's stored unit: the limit; rate-of-change: the change over the window, either way; deviation and
   * discrepancy: the distance; digital: the value that is wrong; drift: times the baseline. null for kinds that have none.
   */
  setpoint: z.number().nullable(),
  /** rate-of-change: the window, s. */
  windowS: z.number().min(60).max(604_800).nullable().default(null),
  deadband: z.number().nonnegative(),
  onDelayS: DELAY_S,
  offDelayS: DELAY_S,
  priority: AlarmPriority,
  /** Stays until somebody resets it. */
  latching: z.boolean(),
  /** While it is unacknowledged it is announced again after so long, s; null: once is enough. */
  reAlarmS: z.number().min(60).max(86_400).nullable().default(null),
  /** What the keeper must do. Without a response it is an event, not an alarm. */
  response: Text.min(1),
  /** What usually brings it about, and what happens when nobody answers: its rationalization. */
  cause: Text.default(""),
  consequence: Text.default(""),
};

/** One rationalized alarm (ISA-18.2). */
export const AlarmDefinition = z.strictObject({ id: AlarmId, ...AlarmFields });
export type AlarmDefinition = z.infer<typeof AlarmDefinition>;
/**
 * What a script may leave out: the numbers that bridge nothing, and the inputs its kind has no use for. What its kind needs is
 * asked for by name (`ALARM_INPUTS`); priority and response are everybody's own to say.
 */
export const AlarmCreate = z.strictObject({
  ...AlarmFields,
  channelId: AlarmFields.channelId.default(null),
  setpoint: AlarmFields.setpoint.default(null),
  deadband: AlarmFields.deadband.default(0),
  onDelayS: AlarmFields.onDelayS.default(0),
  offDelayS: AlarmFields.offDelayS.default(0),
  latching: AlarmFields.latching.default(false),
});
export type AlarmCreate = z.infer<typeof AlarmCreate>;
export const AlarmPatch = patchOf(AlarmFields);
export type AlarmPatch = z.infer<typeof AlarmPatch>;

/** What a kind that has no use for a field says in it. */
export const UNUSED_ALARM_FIELDS = {
  loopId: null,
  otherChannelId: null,
  check: null,
  windowS: null,
  reAlarmS: null,
  cause: "",
  consequence: "",
} as const satisfies Partial<AlarmDefinition>;

/** Fields a kind cannot do without. */
export const ALARM_INPUTS = {
  "low-low": ["channelId", "setpoint"],
  low: ["channelId", "setpoint"],
  high: ["channelId", "setpoint"],
  "high-high": ["channelId", "setpoint"],
  "rate-of-change": ["channelId", "setpoint", "windowS"],
  deviation: ["channelId", "loopId", "setpoint"],
  discrepancy: ["channelId", "otherChannelId", "setpoint"],
  stale: ["channelId"],
  "bad-measurement": ["channelId"],
  digital: ["channelId", "setpoint"],
  "output-fault": ["channelId"],
  "loop-warning": ["loopId"],
  drift: ["setpoint"],
  controller: ["check"],
} as const satisfies Record<AlarmKind, readonly (keyof AlarmDefinition)[]>;

export const AlarmState = z.enum([
  "normal",
  "unacknowledged",
  "acknowledged",
  "returned-unacknowledged",
  "latched",
  "shelved",
  "suppressed",
  "out-of-service",
]);
export type AlarmState = z.infer<typeof AlarmState>;

export const AlarmTransitionKind = z.enum([
  "raised",
  "returned",
  "acknowledged",
  "reset",
  "shelved",
  "unshelved",
  "suppressed",
  "unsuppressed",
  "out-of-service",
  "in-service",
]);
export type AlarmTransitionKind = z.infer<typeof AlarmTransitionKind>;

export interface AlarmTransition {
  readonly alarmId: AlarmId;
  readonly atMs: number;
  readonly transition: AlarmTransitionKind;
  readonly from: AlarmState;
  readonly to: AlarmState;
  /** The value that did it; null for a bad input. */
  readonly value: number | null;
  /** Who did it; null: the tank itself. */
  readonly by: string | null;
}

/** An alarm as the API shows it: what it is, and how it stands. */
export const Alarm = AlarmDefinition.extend({
  state: AlarmState,
  /** Since when it is in this state; null: since it was made. */
  since: Instant.nullable(),
  /** When it was last raised; null: never. */
  raisedAt: Instant.nullable(),
  /** The last value it judged, in the unit of its set-point; null: none yet. */
  value: z.number().nullable(),
  unit: z.string(),
  /** Its input cannot be judged now: it holds, and the probe's own alarm speaks. */
  isInputUnknown: z.boolean(),
  shelvedUntil: Instant.nullable(),
  /** Who acknowledged, shelved, suppressed it or took it out of service, and why; null: nobody. */
  by: z.string().nullable(),
  note: z.string().nullable(),
  /** A limit is nearing at the present trend: when it will be reached; null: it is not. */
  limitAt: Instant.nullable(),
  /** Alarms of one cause share it: one message tells of all; null: on its own. */
  groupId: AlarmEventId.nullable(),
});
export type Alarm = z.infer<typeof Alarm>;

/** What `alarms.live` tells: an alarm as it is now, or that there is none with this id any more. */
export const AlarmChange = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("alarm"), alarm: Alarm }),
  z.strictObject({ kind: z.literal("removed"), id: AlarmId }),
]);
export type AlarmChange = z.infer<typeof AlarmChange>;

/** One transition as it is kept, with the alarm's words of then. */
export const AlarmEvent = z.strictObject({
  id: AlarmEventId,
  at: Instant,
  alarmId: AlarmId,
  name: z.string(),
  kind: AlarmKind,
  priority: AlarmPriority,
  channelId: ChannelId.nullable(),
  transition: AlarmTransitionKind,
  from: AlarmState,
  to: AlarmState,
  value: z.number().nullable(),
  unit: z.string(),
  by: z.string().nullable(),
  note: z.string().nullable(),
  groupId: AlarmEventId.nullable(),
});
export type AlarmEvent = z.infer<typeof AlarmEvent>;

/** Longest an alarm may be shelved: a night and a day; what is wrong for longer is taken out of service with a reason. */
export const SHELVE_MAX_S = 86_400;

export const AlarmAcknowledge = z.strictObject({ note: Text.optional() });
export const AlarmShelve = z.strictObject({
  durationS: z.int().min(60).max(SHELVE_MAX_S),
  note: Text.optional(),
});
export type AlarmShelve = z.infer<typeof AlarmShelve>;
/** Out of service until somebody puts it back: admins only, and never without a reason. */
export const AlarmOutOfService = z.strictObject({ reason: Text.min(3) });

export const AnnouncedAlarm = z
  .object({
    alarmId: AlarmId,
    name: z.string(),
    kind: AlarmKind,
    priority: AlarmPriority,
    channelId: ChannelId.nullable(),
    raisedAtMs: z.number(),
    value: z.number().nullable(),
    setpoint: z.number().nullable(),
    unit: z.string(),
    response: z.string(),
  })
  .readonly();
export type AnnouncedAlarm = z.infer<typeof AnnouncedAlarm>;

/**
 * What people are told, once: some alarms were raised, returned, or are raised still and unacknowledged. Alarms of one
 * cause are one announcement.
 */
export const Announcement = z
  .object({
    /** Unique over restarts: whoever delivers it twice is told so by it. */
    id: AlarmEventId,
    atMs: z.number(),
    kind: z.enum(["raised", "returned", "repeated"]),
    /** The most urgent of its alarms'. */
    priority: AlarmPriority,
    /** Its cause where it has several alarms: «Bus lost», «Started again after a power cut»; null: one alarm speaks for itself. */
    cause: z.string().nullable(),
    alarms: z.array(AnnouncedAlarm).readonly(),
  })
  .readonly();
export type Announcement = z.infer<typeof Announcement>;

/** How the alarm system itself does (ISA-18.2 clause 16, EEMUA 191), over a span. */
export const AlarmStatistics = z.strictObject({
  from: Instant,
  to: Instant,
  raised: z.int().nonnegative(),
  perDay: z.number().nonnegative(),
  /** By priority: most should be low, few critical. */
  byPriority: z.record(AlarmPriority, z.int().nonnegative()),
  /** Standing for more than 24 h. */
  standing: z.array(z.strictObject({ alarmId: AlarmId, name: z.string(), since: Instant })),
  /** Raised three times or more within a minute (ISA-18.2's fleeting and chattering). */
  chattering: z.array(z.strictObject({ alarmId: AlarmId, name: z.string(), raised: z.int().positive() })),
  /** Ten minutes with more than ten of them. */
  floods: z.array(z.strictObject({ from: Instant, to: Instant, raised: z.int().positive() })),
  /** Median from raised to acknowledged, s; null: none was. */
  medianAcknowledgeS: z.number().nonnegative().nullable(),
  /** The most frequent first. */
  most: z.array(z.strictObject({ alarmId: AlarmId, name: z.string(), raised: z.int().positive() })),
  days: z.array(z.strictObject({ day: z.string(), raised: z.int().nonnegative() })),
});
export type AlarmStatistics = z.infer<typeof AlarmStatistics>;
