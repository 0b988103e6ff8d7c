import { describe, expect, test } from "vitest";
import { NotificationChannel, NotificationTargetCreate } from "#contract/notifications.ts";
import { draftProblems } from "../../../src-renderer/features/control/form/draft-problems.ts";
import { deliveryState } from "../../../src-renderer/features/notifications/delivery-state.ts";
import {
  addressesFrom,
  newTargetDraft,
  placeOf,
  portFor,
  TARGET_TYPES,
} from "../../../src-renderer/features/notifications/target-draft.ts";

test("every way out there is can be chosen, and begins with only what nobody else can know left open", () => {
  const types = NotificationChannel.options.map(({ shape }) => shape.type.value);
  expect([...TARGET_TYPES].sort()).toEqual(types.sort());
  const open = (type: (typeof TARGET_TYPES)[number]) => [
    ...draftProblems(NotificationTargetCreate, newTargetDraft(type, "Mine")).keys(),
  ];
  expect(open("desktop")).toEqual([]);
  expect(open("ntfy")).toEqual(["channel.topic"]);
  expect(open("webhook")).toEqual(["channel.url"]);
  expect(open("mqtt")).toEqual(["channel.url"]);
  expect(open("mail")).toEqual(["channel.host", "channel.from", "channel.to"]);
});

test("addresses are read however they are parted", () => {
  expect(addressesFrom("a@x.org, b@x.org;c@x.org  d@x.org,")).toEqual([
    "a@x.org",
    "b@x.org",
    "c@x.org",
    "d@x.org",
  ]);
  expect(addressesFrom("  ")).toEqual([]);
});

test("where messages go is said without what nobody should read over a shoulder", () => {
  const ntfy = { type: "ntfy", url: "https://ntfy.sh", topic: "reef-7f", token: null } as const;
  expect(placeOf(ntfy)).toBe("ntfy.sh/reef-7f");
  expect(placeOf({ type: "webhook", url: "https://x.org/hook?key=abc", secret: null })).toBe("x.org");
  expect(placeOf({ type: "desktop" })).toBeNull();
});

test("a way of encryption has its usual port", () => {
  expect([portFor("tls"), portFor("starttls"), portFor("none")]).toEqual([465, 587, 25]);
});

describe("how deliveries do", () => {
  const delivery = { waiting: 0, lastSentAt: null, lastFailedAt: null, lastError: null };
  const earlier = "2026-11-23T10:00:00.000Z";
  const later = "2026-11-23T11:00:00.000Z";

  test("what came last decides", () => {
    expect(deliveryState(delivery)).toBe("never");
    expect(deliveryState({ ...delivery, lastSentAt: earlier })).toBe("sent");
    expect(deliveryState({ ...delivery, lastFailedAt: earlier })).toBe("failing");
    expect(deliveryState({ ...delivery, lastSentAt: earlier, lastFailedAt: later })).toBe("failing");
    expect(deliveryState({ ...delivery, lastSentAt: later, lastFailedAt: earlier })).toBe("sent");
  });
});
