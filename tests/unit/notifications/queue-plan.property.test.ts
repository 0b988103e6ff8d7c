import fc from "fast-check";
import { expect, test } from "vitest";
import { AlarmPriority } from "#contract/alarms.ts";
import { deliveryIdOf } from "#main/notifications/delivery.ts";
import { planQueue } from "#main/notifications/queue-plan.ts";
import {
  alarmId,
  announcedAlarm,
  announcement,
  delivery,
  eventId,
  targetId,
} from "#tests/builders/announcements.ts";
import { naivePlanQueue } from "#tests/naive-queue-plan.ts";

const NOW_MS = Date.UTC(2026, 5, 3, 12);
const HOUR = 3_600_000;

const Told = fc.record({
  hoursAgo: fc.integer({ min: 0, max: 30 }),
  waitsH: fc.constantFrom(0, 0, 2, 8, 40),
  kind: fc.constantFrom("raised" as const, "returned" as const, "repeated" as const),
  priority: fc.constantFrom(...AlarmPriority.options),
  route: fc.constantFrom("at-once" as const, "digest" as const, "escalation" as const),
  state: fc.constantFrom(
    "waiting" as const,
    "waiting" as const,
    "waiting" as const,
    "sent" as const,
    "replaced" as const,
  ),
  alarms: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  attempts: fc.integer({ min: 0, max: 2 }),
});

test("the plan of any queue is what the rules say of each delivery against every other", () => {
  fc.assert(
    fc.property(
      fc.array(Told, { maxLength: 10 }),
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      (told, isOpen) => {
        const deliveries = told.map(({ hoursAgo, waitsH, kind, priority, alarms, ...rest }, index) => {
          const atMs = NOW_MS - hoursAgo * HOUR;
          const about = announcement({
            id: eventId(index),
            atMs,
            kind,
            priority,
            alarms: alarms.map((n) => announcedAlarm({ alarmId: alarmId(n), priority })),
          });
          const id = deliveryIdOf(about.id, targetId(1));
          return delivery({ ...rest, id, about, dueAtMs: atMs + waitsH * HOUR });
        });
        const view = {
          deliveries,
          nowMs: NOW_MS,
          heldMs: ({ about }: { about: { atMs: number } }) => NOW_MS - about.atMs,
          isUnacknowledged: (id: string) => isOpen[[1, 2, 3].findIndex((n) => alarmId(n) === id)] === true,
        };
        const byId = <T extends { settled: readonly { id: string }[] }>(plan: T) => ({
          ...plan,
          settled: [...plan.settled].sort((a, b) => (a.id < b.id ? -1 : 1)),
        });
        expect(byId(planQueue(view))).toEqual(byId(naivePlanQueue(view)));
      },
    ),
    { numRuns: 1_000 },
  );
});
