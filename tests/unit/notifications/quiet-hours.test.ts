import { expect, test } from "vitest";
import type { AlarmPriority, Announcement } from "#contract/alarms.ts";
import type { NotificationTargetConfig } from "#contract/notifications.ts";
import type { Delivery } from "#main/notifications/delivery.ts";
import { planQueue } from "#main/notifications/queue-plan.ts";
import { deliveryFor } from "#main/notifications/routes.ts";
import { alarmId, announcedAlarm, announcement, eventId, target } from "#tests/builders/announcements.ts";

const MIN = 60_000;
const HOUR = 60 * MIN;
const NIGHT_MS = Date.UTC(2026, 5, 1, 23);
const QUIET = target({ quietHours: { from: "22:00", to: "07:00" } });

/** What a target was told and what waits for it, in UTC. */
function queueFor(config: NotificationTargetConfig = QUIET) {
  let known: Delivery[] = [];
  const plan = (atMs: number) =>
    planQueue({
      deliveries: known,
      nowMs: atMs,
      heldMs: (d) => atMs - d.about.atMs,
      isUnacknowledged: () => true,
    });
  const settle = (settled: readonly Delivery[]) => {
    known = known.map((d) => settled.find(({ id }) => id === d.id) ?? d);
  };
  const hear = (about: Announcement) => {
    const delivery = deliveryFor(about, { target: config, known, zone: "UTC" });
    if (delivery !== null) known = [...known, delivery];
  };
  /** Tells all there is to tell. */
  const tellAll = (atMs: number): string[] => {
    const told: string[] = [];
    for (let next = plan(atMs); ; next = plan(atMs)) {
      settle(next.settled);
      if (next.next === null) return told;
      const { carrier, besides, covers, form } = next.next;
      told.push(form === "as-it-is" ? `${carrier.about.kind} ${carrier.about.priority}` : form);
      settle([carrier].map((d) => ({ ...d, state: "sent", settledAtMs: atMs })));
      settle([...besides, ...covers].map((d) => ({ ...d, state: "replaced", settledAtMs: atMs })));
    }
  };
  return { hear, tellAll, states: () => known.map(({ state }) => state) };
}

type Kind = Announcement["kind"];
const of = (n: number, kind: Kind, priority: AlarmPriority, alarms = [1]): Announcement =>
  announcement({
    id: eventId(n),
    atMs: NIGHT_MS + n * MIN,
    kind,
    priority,
    alarms: alarms.map((id) => announcedAlarm({ alarmId: alarmId(id), priority })),
  });

test.each(["medium", "low"] as const)(
  "a critical raise waits for no %s one that waits for its hour, and takes its place",
  (earlier) => {
    const queue = queueFor();
    queue.hear(of(1, "raised", earlier));
    expect(queue.tellAll(NIGHT_MS + 2 * MIN)).toEqual([]);
    queue.hear(of(3, "raised", "critical"));
    expect(queue.tellAll(NIGHT_MS + 3 * MIN)).toEqual(["raised critical"]);
    expect(queue.states()).toEqual(["replaced", "sent"]);
    expect(queue.tellAll(NIGHT_MS + 10 * HOUR)).toEqual([]);
  },
);

test("a critical reminder is told though a less urgent raise still waits, and the return answers it", () => {
  const queue = queueFor();
  queue.hear(of(1, "raised", "medium"));
  queue.hear(of(6, "repeated", "critical"));
  expect(queue.tellAll(NIGHT_MS + 6 * MIN)).toEqual(["repeated critical"]);
  queue.hear(of(8, "returned", "critical"));
  expect(queue.tellAll(NIGHT_MS + 8 * MIN)).toEqual(["returned critical"]);
});

test("a return that waits for the morning is not told after the alarm was raised anew", () => {
  const queue = queueFor();
  queue.hear(of(-120, "raised", "medium"));
  expect(queue.tellAll(NIGHT_MS - 120 * MIN)).toEqual(["raised medium"]);
  queue.hear(of(1, "returned", "medium"));
  queue.hear(of(2, "raised", "critical"));
  expect(queue.tellAll(NIGHT_MS + 2 * MIN)).toEqual(["raised critical"]);
  expect(queue.tellAll(NIGHT_MS + 10 * HOUR)).toEqual([]);
});

test("no return comes before its raise, though the raise waits for the morning", () => {
  const queue = queueFor();
  queue.hear(of(1, "raised", "medium", [1]));
  queue.hear(of(2, "raised", "critical", [2]));
  expect(queue.tellAll(NIGHT_MS + 2 * MIN)).toEqual(["raised critical"]);
  queue.hear(of(3, "returned", "critical", [1, 2]));
  expect(queue.tellAll(NIGHT_MS + 3 * MIN)).toEqual([]);
  expect(queue.tellAll(NIGHT_MS + 10 * HOUR)).toEqual(["raised medium", "returned critical"]);
});

test("a return of low priority waits for the end of quiet hours that last beyond the digest's time", () => {
  const queue = queueFor(target({ quietHours: { from: "22:00", to: "09:00" } }));
  queue.hear(of(-1 * 60 * 24, "raised", "low"));
  expect(queue.tellAll(NIGHT_MS - 14 * HOUR)).toEqual(["digest"]);
  queue.hear(of(1, "returned", "low"));
  expect(queue.tellAll(NIGHT_MS + 9 * HOUR + 30 * MIN)).toEqual([]);
  expect(queue.tellAll(NIGHT_MS + 10 * HOUR)).toEqual(["digest"]);
});

test("a reminder shortens no second person's time, and adds nothing to what waits for the same hour", () => {
  const second = queueFor(target({ escalatesAfterS: 600 }));
  second.hear(of(1, "raised", "critical"));
  second.hear(of(6, "repeated", "critical"));
  expect(second.tellAll(NIGHT_MS + 6 * MIN)).toEqual([]);
  expect(second.tellAll(NIGHT_MS + 11 * MIN)).toEqual(["raised critical"]);
  const queue = queueFor();
  queue.hear(of(1, "raised", "medium"));
  queue.hear(of(6, "repeated", "medium"));
  queue.tellAll(NIGHT_MS + 6 * MIN);
  expect(queue.states()).toEqual(["waiting", "dropped"]);
});
