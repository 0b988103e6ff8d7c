import {
  type NotificationChannel,
  type NotificationTarget,
  NotificationTargetCreate,
} from "#contract/notifications.ts";
import type { Draft } from "../control/form/draft.ts";

export type TargetDraft = Draft<NotificationTargetCreate>;
export type ChannelDraft = TargetDraft["channel"];
export type TargetType = NotificationChannel["type"];
export type ChannelOf<T extends TargetType> = Extract<ChannelDraft, { readonly type: T }>;

/** The easiest first. */
export const TARGET_TYPES = [
  "ntfy",
  "mail",
  "desktop",
  "webhook",
  "mqtt",
] as const satisfies readonly TargetType[];

const FIRST: { readonly [T in TargetType]: ChannelOf<T> } = {
  desktop: { type: "desktop" },
  mail: {
    type: "mail",
    host: "",
    port: 465,
    security: "tls",
    username: null,
    password: null,
    from: "",
    to: [],
  },
  webhook: { type: "webhook", url: "", secret: null },
  ntfy: { type: "ntfy", url: "https://ntfy.sh", topic: "", token: null },
  mqtt: {
    type: "mqtt",
    url: "",
    username: null,
    password: null,
    baseTopic: "bellas-reef",
    discoveryPrefix: "homeassistant",
    takesCommands: false,
  },
};

export function newTargetDraft(type: TargetType, name: string): TargetDraft {
  return {
    name,
    channel: FIRST[type],
    isEnabled: true,
    priorities: ["critical", "high", "medium"],
    escalatesAfterS: 0,
    quietHours: null,
    weeklyTest: null,
  };
}

export function targetDraftOf(target: NotificationTarget): TargetDraft {
  const fields = Object.keys(NotificationTargetCreate.shape) as (keyof TargetDraft)[];
  return Object.fromEntries(fields.map((field) => [field, target[field]])) as unknown as TargetDraft;
}

/** `security` usually stands at a port of its own. */
export function portFor(security: ChannelOf<"mail">["security"]): number {
  return security === "tls" ? 465 : security === "starttls" ? 587 : 25;
}

/** Addresses as they are typed: one after the other, by commas, semicolons or spaces. */
export function addressesFrom(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((address) => address !== "");
}

/** Where its messages go, in a few words. */
export function placeOf(channel: NotificationChannel): string | null {
  switch (channel.type) {
    case "desktop":
      return null;
    case "mail":
      return channel.to.join(", ");
    case "webhook":
      return hostOf(channel.url);
    case "ntfy":
      return `${hostOf(channel.url)}/${channel.topic}`;
    case "mqtt":
      return `${hostOf(channel.url)} · ${channel.baseTopic}`;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
