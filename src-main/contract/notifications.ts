import { z } from "zod";
import { AlarmPriority } from "./alarms.ts";
import { AlarmId, NotificationTargetId } from "./ids.ts";
import { TimeOfDay } from "./loops/times-of-day.ts";
import { Name } from "./names.ts";
import { patchOf } from "./patch.ts";
import { Instant } from "./time.ts";

/** A host name or an address, without a scheme. */
const Host = z.string().trim().min(1).max(255);
const Port = z.int().min(1).max(65_535);
/** Goes in and never comes out: an answer has null where one is kept, and a patch without it keeps it. */
const Secret = z.string().min(1).max(1_024).nullable();

/** How a message leaves, and what that needs. */
export const NotificationChannel = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("desktop") }),
  z.strictObject({
    type: z.literal("mail"),
    host: Host,
    port: Port,
    /** `tls`: from the first byte (465); `starttls`: refused where the server has none; `none`: loopback only. */
    security: z.enum(["tls", "starttls", "none"]),
    username: z.string().max(255).nullable().default(null),
    password: Secret.default(null),
    from: z.email(),
    to: z.array(z.email()).min(1).max(20),
  }),
  z.strictObject({
    type: z.literal("webhook"),
    url: z.url({ protocol: /^https?$/ }),
    /** Signs each body: `X-Reef-Signature: t=…,v1=hex(hmac-sha256(secret, t + "." + body))`. */
    secret: Secret.default(null),
  }),
  z.strictObject({
    type: z.literal("ntfy"),
    url: z.url({ protocol: /^https?$/ }),
    topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
    token: Secret.default(null),
  }),
  z.strictObject({
    type: z.literal("mqtt"),
    url: z.url({ protocol: /^mqtts?$/ }),
    username: z.string().max(255).nullable().default(null),
    password: Secret.default(null),
    /** Everything of this tank is published below it. */
    baseTopic: z
      .string()
      .regex(/^[^+#\0]{1,128}$/)
      .default("bellas-reef"),
    /** Home Assistant's discovery prefix; null: no discovery. */
    discoveryPrefix: z
      .string()
      .regex(/^[^+#\0]{1,64}$/)
      .nullable()
      .default("homeassistant"),
    /** Whether commands from the broker are heard; they obey the arbiter like any hand. */
    takesCommands: z.boolean().default(false),
  }),
]);
export type NotificationChannel = z.infer<typeof NotificationChannel>;

/** The one secret of each type; null: it has none. */
const SECRET_FIELD = {
  desktop: null,
  mail: "password",
  webhook: "secret",
  ntfy: "token",
  mqtt: "password",
} as const;

/** Which of its fields is a secret; null: none is. */
export function secretFieldOf({ type }: NotificationChannel): string | null {
  return SECRET_FIELD[type];
}

/** What a target's secret is kept as, on this machine. */
export function notificationSecretName(targetId: NotificationTargetId, field: string): string {
  return `notification/${targetId}/${field}`;
}

const TargetFields = {
  name: Name,
  channel: NotificationChannel,
  isEnabled: z.boolean().default(true),
  /** Which alarms it is told of. */
  priorities: z.array(AlarmPriority).min(1).default(["critical", "high", "medium"]),
  /** Only what nobody has acknowledged by then, s: a second person's telephone. 0: at once. */
  escalatesAfterS: z.int().min(0).max(86_400).default(0),
  /** Nothing of medium or low priority is sent between these times of the tank's zone; it waits for their end. */
  quietHours: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).nullable().default(null),
  /** A message a week, so that a silent week means something. ISO weekday 1-7, tank's time. */
  weeklyTest: z
    .strictObject({ weekday: z.int().min(1).max(7), timeOfDay: TimeOfDay })
    .nullable()
    .default(null),
};

/**
 * An address is kept in the clear and comes out in every answer: a user or a password in it would too. Asked of what
 * comes in only, so that what was kept earlier can still be read.
 */
function refuseUserIn(url: string | undefined, issues: z.core.$ZodRawIssue[], path: string[]): void {
  if (url === undefined || !URL.canParse(url)) return;
  const { username, password } = new URL(url);
  if (username === "" && password === "") return;
  const message = "An address may hold no user and no password: give them in their own fields, or none";
  issues.push({ code: "custom", input: url, message, path });
}

const GivenFields = {
  ...TargetFields,
  channel: NotificationChannel.check(({ value, issues }) => {
    if ("url" in value) refuseUserIn(value.url, issues, ["url"]);
  }),
};

export const NotificationTargetCreate = z.strictObject(GivenFields);
export type NotificationTargetCreate = z.infer<typeof NotificationTargetCreate>;
/** `channel` is whole: a secret in it that is null stays as it was, unless another server is to have it now. */
export const NotificationTargetPatch = patchOf(GivenFields);
export type NotificationTargetPatch = z.infer<typeof NotificationTargetPatch>;
export const NotificationTargetConfig = z.strictObject({ id: NotificationTargetId, ...TargetFields });
export type NotificationTargetConfig = z.infer<typeof NotificationTargetConfig>;

/** A target as the API shows it; every secret in it is null. */
export const NotificationTarget = NotificationTargetConfig.extend({
  /** Names of the secrets that are kept. */
  secretsKept: z.array(z.string()),
  delivery: z.strictObject({
    waiting: z.int().nonnegative(),
    lastSentAt: Instant.nullable(),
    lastFailedAt: Instant.nullable(),
    lastError: z.string().nullable(),
  }),
});
export type NotificationTarget = z.infer<typeof NotificationTarget>;

export const NotificationTestResult = z.strictObject({ ok: z.boolean(), detail: z.string() });
export type NotificationTestResult = z.infer<typeof NotificationTestResult>;

/** Of all targets together. */
export const NotificationSettings = z.strictObject({
  /** Asked by GET so often, so that somebody else notices when the controller is dead; null: nobody is. */
  heartbeat: z
    .strictObject({ url: z.url({ protocol: /^https?$/ }), everyS: z.int().min(60).max(86_400) })
    .nullable()
    .default(null),
  /** Where a message's links lead: the app's address as the reader's telephone knows it; null: messages carry none. */
  linkBase: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const NotificationSettingsPatch = patchOf({
  heartbeat: NotificationSettings.shape.heartbeat
    .unwrap()
    .check(({ value, issues }) => refuseUserIn(value?.url, issues, ["url"])),
  linkBase: NotificationSettings.shape.linkBase
    .unwrap()
    .check(({ value, issues }) => refuseUserIn(value ?? undefined, issues, [])),
});
export type NotificationSettingsPatch = z.infer<typeof NotificationSettingsPatch>;

/** What `notifications.desktop` tells a window: show it, wherever its user looks. */
export const DesktopNotice = z.strictObject({
  /** The same when it is told again. */
  id: z.string(),
  title: z.string(),
  body: z.string(),
  priority: AlarmPriority,
  /** Stays until somebody looks. */
  isUrgent: z.boolean(),
  /** The one alarm it is about: its page is `/alarms/{alarmId}`; null: several, or none. */
  alarmId: AlarmId.nullable(),
});
export type DesktopNotice = z.infer<typeof DesktopNotice>;

/** Nobody is told, and nobody listens for a heartbeat. */
export const NO_NOTIFICATIONS: { readonly targets: readonly []; readonly settings: NotificationSettings } = {
  targets: [],
  settings: { heartbeat: null, linkBase: null },
};
