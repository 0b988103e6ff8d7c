import fc from "fast-check";
import { test, vi } from "vitest";
import type { Announcement } from "#contract/alarms.ts";
import type { AlarmId } from "#contract/ids.ts";
import { DeliveryBook } from "#main/notifications/delivery-book.ts";
import { type Message, messageFrom } from "#main/notifications/message.ts";
import { Outbox } from "#main/notifications/outbox.ts";
import type { AnnouncementSource, DeliveryStore } from "#main/notifications/ports.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { alarmId, announcedAlarm, eventId, target } from "#tests/builders/announcements.ts";
import { FakeAnnouncements } from "#tests/fakes/fake-announcements.ts";
import { FakeDeliveryStore } from "#tests/fakes/fake-delivery-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

// Real servers and thousands of steps take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const START_MS = Date.UTC(2026, 5, 1, 12);
const S = 1_000;
const HOUR = 3_600 * S;

const Step = fc.record({
  /** This alarm changes: it is raised, or returns. */
  alarm: fc.integer({ min: 1, max: 3 }),
  waitS: fc.integer({ min: 0, max: 900 }),
  /** What the server does from now on; lost: it takes the message, and we hear nothing of it. */
  server: fc.constantFrom("well", "down", "lost"),
  /** The power goes after so many more steps of disk or network, before or after the next of them; null: it stays. */
  crash: fc.option(fc.record({ after: fc.integer({ min: 0, max: 6 }), isDone: fc.constantFrom(true, false) })),
});

/** The world outside of the program: it outlives every crash. */
class World {
  readonly disk = new FakeDeliveryStore();
  readonly alarms = new FakeAnnouncements();
  readonly received: { readonly message: Message; readonly life: number }[] = [];
  server: "well" | "down" | "lost" = "well";
  life = 0;
  faults = 0;
  crash: { after: number; isDone: boolean } | null = null;

  /** Does one step of a life; when the power goes it never resolves, whether the step was done or not. */
  async step<T>(life: number, work: () => Promise<T>): Promise<T> {
    if (life !== this.life) return new Promise(() => undefined);
    if (this.crash !== null && this.crash.after-- === 0) {
      const { isDone } = this.crash;
      this.crash = null;
      this.life += 1;
      this.faults += 1;
      if (isDone) await work().catch(() => undefined);
      return new Promise(() => undefined);
    }
    return work();
  }
}

function startedIn(world: World, clock: VirtualClock): Outbox {
  const { life } = world;
  const { disk, alarms } = world;
  const store: DeliveryStore = {
    loadDeliveries: () => world.step(life, () => disk.loadDeliveries()),
    addDeliveries: (rows) => world.step(life, () => disk.addDeliveries(rows)),
    putDeliveries: (rows) => world.step(life, () => disk.putDeliveries(rows)),
    removeDeliveries: (ids) => world.step(life, () => disk.removeDeliveries(ids)),
  };
  const source: AnnouncementSource = {
    pending: () => world.step(life, () => alarms.pending()),
    done: (id) => world.step(life, () => alarms.done(id)),
    onAnnouncement: (listener) => alarms.onAnnouncement(listener),
  };
  const send = async (message: Message) => {
    if (world.server === "down") throw new Error("down");
    world.received.push({ message, life });
    if (world.server === "well") return;
    world.faults += 1;
    throw new Error("the connection was lost");
  };
  const outbox = new Outbox({
    book: new DeliveryBook(store),
    source,
    clock,
    log: new RecordingLog(),
    random: () => 0.5,
    zone: () => "UTC",
    isUnacknowledged: () => true,
    senderFor: () => ({ send: (message) => world.step(life, () => send(message)), stop: async () => undefined }),
    compose: (planned) =>
      messageFrom(planned, {
        tankName: "Reef",
        zone: "UTC",
        linkBase: null,
        acknowledgeLink: null,
        answers: null,
      }),
  });
  outbox.start();
  outbox.configure([target()]);
  return outbox;
}

function toldOf(world: World, id: AlarmId): string {
  const seen = new Set<string>();
  return world.received
    .filter(({ message }) => message.alarms.some(({ alarmId: told }) => told === id))
    .filter(({ message }) => !seen.has(message.id) && seen.add(message.id))
    .map(({ message: { kind } }) =>
      kind === "raised-and-returned" ? "up down" : kind === "raised" ? "up" : "down",
    )
    .join(" ");
}

test("over any crashes and losses: none is lost, a double has the same id, and no return comes before its raise", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(Step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const world = new World();
      let clock = new VirtualClock(START_MS);
      let life = world.life;
      startedIn(world, clock);
      const advance = async (ms: number) => {
        await clock.advance(ms);
        if (life === world.life) return;
        life = world.life;
        clock = new VirtualClock(clock.nowMs());
        startedIn(world, clock);
      };
      const standing = new Set<number>();
      const happened = new Map<number, string[]>();
      for (const [index, step] of steps.entries()) {
        world.server = step.server;
        world.crash = step.crash === null ? null : { ...step.crash };
        const isUp = !standing.has(step.alarm);
        if (isUp) standing.add(step.alarm);
        else standing.delete(step.alarm);
        happened.set(step.alarm, [...(happened.get(step.alarm) ?? []), isUp ? "up" : "down"]);
        const told: Announcement = {
          id: eventId(index),
          atMs: clock.nowMs(),
          kind: isUp ? "raised" : "returned",
          priority: "high",
          cause: null,
          alarms: [announcedAlarm({ alarmId: alarmId(step.alarm) })],
        };
        world.alarms.announce(told);
        await advance(step.waitS * S);
      }
      world.server = "well";
      world.crash = null;
      await advance(HOUR);
      await advance(HOUR);

      for (const [alarm, transitions] of happened) {
        const told = toldOf(world, alarmId(alarm));
        // A raise whose answer was lost may be told alone and then again with its return: never less than what happened.
        const expected = world.faults === 0 ? transitions.join(" ") : null;
        if (expected !== null && told !== expected) throw new Error(`told «${told}», happened «${expected}»`);
        if (told.replaceAll("up up down", "up down") !== transitions.join(" "))
          throw new Error(`told «${told}», happened «${transitions.join(" ")}»`);
      }
      const times = new Map<string, number>();
      for (const { message } of world.received) times.set(message.id, (times.get(message.id) ?? 0) + 1);
      const doubles = [...times.values()].reduce((sum, count) => sum + count - 1, 0);
      if (doubles > world.faults) throw new Error(`${doubles} doubles after ${world.faults} faults`);
    }),
    { numRuns: 100 },
  );
});
