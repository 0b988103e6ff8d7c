import { expect, test } from "vitest";
import type { AlarmDefinition, Announcement } from "#contract/alarms.ts";
import type { ChannelId } from "#contract/ids.ts";
import { signalOfCauses } from "#domain/alarms/signal.ts";
import { AlarmEngine, type AlarmEngineDeps } from "#main/alarms/alarm-engine.ts";
import type { AlarmSource } from "#main/alarms/ports.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { alarm, alarmIdOf } from "#tests/builders/alarm.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { channelIdOf, readingOf } from "#tests/builders/reading.ts";
import { FakeAlarmEvents, FakeAlarmStore } from "#tests/fakes/fake-alarm-store.ts";

const PROBES = [1, 2, 3, 4, 5];
const dead = (n: number, changes: Partial<AlarmDefinition> = {}) =>
  alarm(n, {
    kind: "bad-measurement",
    setpoint: null,
    channelId: channelIdOf(n),
    onDelayS: 60,
    offDelayS: 60,
    ...changes,
  });

async function engineWith(definitions: readonly AlarmDefinition[], more: Partial<AlarmEngineDeps> = {}) {
  const clock = new VirtualClock(1_000_000);
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const lost = new Set<ChannelId>();
  const surroundings = {
    channelOf: (id: ChannelId) => channelConfig({ id }),
    lostDeviceOf: (id: ChannelId) => (lost.has(id) ? { id: "d", name: "Sump box" } : null),
  };
  const engine = new AlarmEngine({ readings, clock, surroundings, ...more });
  const told: Announcement[] = [];
  engine.announcements.onAnnouncement((announcement) => told.push(announcement));
  await engine.open();
  engine.start();
  engine.configure(definitions);
  const say = (n: number, value: number | null) =>
    readings.publish(
      readingOf({
        channelId: channelIdOf(n),
        value,
        quality: value === null ? "bad" : "good",
        reason: value === null ? "range" : null,
        takenAtMs: clock.nowMs(),
      }),
    );
  const words = () =>
    told.map(
      ({ kind, cause, alarms }) => `${kind} ${cause ?? "-"} ${alarms.map(({ name }) => name.slice(6)).join("")}`,
    );
  return { clock, engine, told, say, words, lost };
}

test("five probes that die in one sample are one message with five alarms, and one when the last is back", async () => {
  const { clock, say, words, told, engine } = await engineWith(PROBES.map((n) => dead(n)));
  for (const n of PROBES) {
    say(n, null);
    await clock.advance(1_000);
  }
  await clock.advance(120_000);
  expect(words()).toEqual(["raised Several probes failed at once 12345"]);
  expect(PROBES.map((n) => engine.conditionOf(alarmIdOf(n)).groupId)).toEqual(PROBES.map(() => told[0]?.id));
  for (const n of [1, 2, 3, 4]) say(n, 25);
  await clock.advance(120_000);
  expect(words()).toHaveLength(1);
  say(5, 25);
  await clock.advance(120_000);
  expect(words().at(-1)).toBe("returned Several probes failed at once 12345");
});

test("probes that die an hour apart are two messages", async () => {
  const { clock, say, words } = await engineWith([dead(1), dead(2)]);
  say(1, null);
  await clock.advance(3_600_000);
  say(2, null);
  await clock.advance(120_000);
  expect(words()).toEqual(["raised - 1", "raised - 2"]);
});

test("who is lost later with the same device adds no message, unless it is more urgent", async () => {
  const { clock, say, words, lost } = await engineWith([
    dead(1),
    dead(2),
    dead(3, { onDelayS: 180 }),
    dead(4, { onDelayS: 240, priority: "critical" }),
  ]);
  for (const n of PROBES) lost.add(channelIdOf(n));
  for (const n of PROBES) say(n, null);
  await clock.advance(200_000);
  expect(words()).toEqual(["raised Sump box does not answer 12"]);
  await clock.advance(60_000);
  expect(words().at(-1)).toBe("raised Sump box does not answer 1234");
  expect(words()).toHaveLength(2);
});

test("a group that nobody acknowledges is repeated as one; of it, who was acknowledged is not", async () => {
  const repeats = { reAlarmS: 300 };
  const { clock, say, words, engine } = await engineWith([dead(1, repeats), dead(2, repeats), dead(3, repeats)]);
  for (const n of [1, 2, 3]) say(n, null);
  await clock.advance(100_000);
  await engine.command(alarmIdOf(2), { kind: "acknowledge", by: "bella" });
  await clock.advance(300_000);
  expect(words()).toEqual([
    "raised Several probes failed at once 123",
    "repeated Several probes failed at once 13",
  ]);
});

test("one that is over before it was told is told, and that it is over; one that was acknowledged by then is not", async () => {
  const quick = { onDelayS: 0, offDelayS: 0 };
  const { clock, say, words, engine } = await engineWith([
    alarm(1, quick),
    alarm(2, { ...quick, channelId: channelIdOf(2) }),
  ]);
  say(1, 30);
  say(1, 20);
  say(2, 30);
  await engine.command(alarmIdOf(2), { kind: "acknowledge", by: "bella" });
  await clock.advance(10_000);
  say(2, 20);
  await clock.advance(10_000);
  expect(words()).toEqual(["raised - 1", "returned - 1"]);
});

test("what is wrong at the start is told as one", async () => {
  const { clock, say, words } = await engineWith([dead(1), dead(2), alarm(3, { onDelayS: 60 })], {
    startedAtMs: 0,
  });
  say(2, null);
  say(1, null);
  await clock.advance(100_000);
  expect(words()).toEqual(["raised Found when the controller started 21"]);
});

test("what is not told yet when the program ends is told by the next one, what was told is not, and each is once in Postgres", async () => {
  const store = new FakeAlarmStore();
  const events = new FakeAlarmEvents();
  events.isAway = true;
  const first = await engineWith([dead(1), dead(2)], { store, events });
  for (const n of [1, 2]) first.say(n, null);
  await first.clock.advance(62_000);
  expect(first.told).toEqual([]);
  await first.engine.stop();
  expect(first.engine.undrained()).toHaveLength(2);

  const second = await engineWith([dead(1), dead(2)], { store, events });
  await second.clock.advance(20_000);
  expect(second.words()).toEqual(["raised Several probes failed at once 12"]);
  expect((await second.engine.announcements.pending()).map(({ id }) => id)).toEqual([second.told[0]?.id]);
  await second.engine.stop();

  events.isAway = false;
  const third = await engineWith([dead(1), dead(2)], { store, events });
  await third.clock.advance(20_000);
  expect(third.told).toEqual([]);
  const [waiting] = await third.engine.announcements.pending();
  if (waiting !== undefined) await third.engine.announcements.done(waiting.id);
  expect(await third.engine.announcements.pending()).toEqual([]);
  expect([...events.rows.values()].map(({ transition, groupId }) => [transition, groupId])).toEqual([
    ["raised", waiting?.id],
    ["raised", waiting?.id],
  ]);
  expect((await store.load()).events).toEqual([]);
});

test("a full card keeps nobody from being told, and the record is made when there is room", async () => {
  const store = new FakeAlarmStore();
  const events = new FakeAlarmEvents();
  const { clock, say, words } = await engineWith([alarm(1, { onDelayS: 0 })], { store, events });
  store.isFull = true;
  say(1, 30);
  await clock.advance(4_000);
  expect(words()).toEqual(["raised - 1"]);
  store.isFull = false;
  await clock.advance(20_000);
  expect([...events.rows.values()].map(({ transition }) => transition)).toEqual(["raised"]);
});

test("a source speaks for outputs and loops: its words are told, with its priority", async () => {
  const definition = alarm(1, { kind: "output-fault", setpoint: null, onDelayS: 0, offDelayS: 0 });
  const { clock, engine, told } = await engineWith([definition]);
  let listener: (subject: string) => void = () => undefined;
  let stuck = true;
  const source: AlarmSource = {
    kinds: ["output-fault"],
    signalOf: () =>
      signalOfCauses(stuck ? [{ code: "stuck-on", text: "It does not switch off.", priority: "critical" }] : []),
    onChange: (listen) => {
      listener = listen;
      return () => undefined;
    },
  };
  engine.listenTo(source);
  await clock.advance(3_000);
  expect(told[0]).toMatchObject({
    priority: "critical",
    alarms: [{ response: "It does not switch off. Cool the tank.", unit: "" }],
  });
  stuck = false;
  listener(channelIdOf(1));
  listener("somebody else");
  await clock.advance(3_000);
  expect(told.at(-1)?.kind).toBe("returned");
});

test("raised again before anybody was told is one message, and both events are in Postgres", async () => {
  const definition = alarm(1, { kind: "output-fault", setpoint: null, onDelayS: 0, offDelayS: 0 });
  const events = new FakeAlarmEvents();
  const { clock, engine, words } = await engineWith([definition], { store: new FakeAlarmStore(), events });
  const causes = [{ code: "stuck-on", text: "It does not switch off.", priority: null }];
  let listener: (subject: string) => void = () => undefined;
  engine.listenTo({
    kinds: ["output-fault"],
    signalOf: () => signalOfCauses(causes),
    onChange: (listen) => {
      listener = listen;
      return () => undefined;
    },
  });
  await clock.advance(100);
  causes.push({ code: "hot", text: "It is hot.", priority: null });
  listener(channelIdOf(1));
  await clock.advance(60_000);
  expect(words()).toEqual(["raised - 1"]);
  expect([...events.rows.values()].map(({ transition }) => transition)).toEqual(["raised", "raised"]);
  expect(engine.undrained()).toEqual([]);
});

test.each([
  { kind: "shelve", forMs: 86_400_000, by: "bella" },
  { kind: "suppress", isOn: true, by: "bella" },
  { kind: "out-of-service", isOn: true, by: "bella" },
] as const)("a group is over when all that are not hidden are back ($kind)", async (order) => {
  const { clock, say, words, engine } = await engineWith([dead(1), dead(2)]);
  for (const n of [1, 2]) say(n, null);
  await clock.advance(100_000);
  await engine.command(alarmIdOf(2), order);
  say(1, 25);
  await clock.advance(100_000);
  expect(words()).toEqual(["raised Several probes failed at once 12", "returned Several probes failed at once 1"]);
  say(2, 25);
  await clock.advance(100_000);
  expect(words()).toHaveLength(2);
});

test.each([
  { kind: "shelve", forMs: 600_000, by: "bella" },
  { kind: "out-of-service", isOn: true, by: "bella" },
] as const)("one that a person puts aside before anybody was told is not told ($kind)", async (order) => {
  const { clock, say, words, engine } = await engineWith([alarm(1, { onDelayS: 0 })]);
  say(1, 30);
  await engine.command(alarmIdOf(1), order);
  await clock.advance(60_000);
  expect(words()).toEqual([]);
});

test("one that a mode quiets before anybody was told is told: it was raised before the mode began", async () => {
  const { clock, say, words, engine } = await engineWith([alarm(1, { onDelayS: 0 })]);
  say(1, 30);
  await engine.command(alarmIdOf(1), { kind: "suppress", isOn: true, by: "feed" });
  await clock.advance(60_000);
  expect(words()).toEqual(["raised - 1"]);
});

test("what was put aside before anybody was told is told when it comes back, if it still stands", async () => {
  const { clock, say, words, engine } = await engineWith([alarm(1, { onDelayS: 0 })]);
  say(1, 30);
  await engine.command(alarmIdOf(1), { kind: "shelve", forMs: 600_000, by: "bella" });
  await clock.advance(660_000);
  expect(words()).toEqual(["raised - 1"]);
});

test("a hidden one that is back closes its group, and is not told of", async () => {
  const { clock, say, words, engine } = await engineWith([dead(1), dead(2)]);
  for (const n of [1, 2]) say(n, null);
  await clock.advance(100_000);
  say(1, 25);
  await clock.advance(100_000);
  await engine.command(alarmIdOf(2), { kind: "shelve", forMs: 86_400_000, by: "bella" });
  say(2, 25);
  await clock.advance(100_000);
  expect(words()).toEqual(["raised Several probes failed at once 12", "returned Several probes failed at once 1"]);
});

test.each([true, false])(
  "over a restart shelving is shortened by what a clock that was set says (%s)",
  async (isSet) => {
    const store = new FakeAlarmStore();
    const first = await engineWith([alarm(1)], { store });
    void first.engine.command(alarmIdOf(1), { kind: "shelve", forMs: 600_000, by: "bella" });
    await first.clock.advance(1_000);
    await first.engine.stop();
    const clock = new VirtualClock(1_500_000);
    const { engine } = await engineWith([alarm(1)], { store, clock, isClockSynchronized: () => isSet });
    expect(engine.conditionOf(alarmIdOf(1)).shelvedUntilMs).toBe(isSet ? 1_600_000 : 2_100_000);
  },
);

test("while nobody shows alarms nobody looks ahead, however many did before", async () => {
  const { clock, engine } = await engineWith([alarm(1)]);
  for (let page = 0; page < 3; page++) engine.onChange(() => undefined)();
  expect(clock.nextAtMs()).toBeNull();
});

test("who shows alarms is told of a limit that nears anew, though it neared before when nobody was there", async () => {
  const { clock, engine, say } = await engineWith([alarm(1, { onDelayS: 0 })]);
  const warm = async (perH: number, minutes: number, from: number) => {
    for (let minute = 0; minute <= minutes; minute++) {
      say(1, from + (perH * minute) / 60);
      await clock.advance(60_000);
    }
  };
  const away = engine.onChange(() => undefined);
  await warm(0.5, 130, 25);
  expect(engine.conditionOf(alarmIdOf(1)).limitAtMs).not.toBeNull();
  away();
  await warm(0, 600, 25);
  expect(engine.conditionOf(alarmIdOf(1)).limitAtMs).toBeNull();
  const changed: string[] = [];
  engine.onChange((id) => changed.push(id));
  await warm(0.5, 130, 25);
  expect(changed).toEqual([alarmIdOf(1)]);
});

test("a limit that nears is made known before it is reached, and an alarm that is reset too soon is refused", async () => {
  const { clock, engine, say } = await engineWith([alarm(1, { latching: true, onDelayS: 0 })]);
  const changed: string[] = [];
  engine.onChange((id) => changed.push(id));
  for (let minute = 0; minute <= 130; minute++) {
    say(1, 25 + (0.5 * minute) / 60);
    await clock.advance(60_000);
  }
  const { limitAtMs } = engine.conditionOf(alarmIdOf(1));
  expect((limitAtMs ?? 0) - clock.nowMs()).toBeGreaterThan(1_000_000);
  expect(changed).toEqual([alarmIdOf(1)]);
  say(1, 30);
  expect(engine.conditionOf(alarmIdOf(1)).limitAtMs).toBeNull();
  await expect(engine.command(alarmIdOf(1), { kind: "reset", by: "x" })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("an alarm that watches something else from now on begins anew", async () => {
  const { clock, engine, say, words } = await engineWith([alarm(1, { onDelayS: 0 })]);
  say(1, 30);
  await clock.advance(3_000);
  engine.configure([alarm(1, { onDelayS: 0, channelId: channelIdOf(2) })]);
  await clock.advance(3_000);
  expect(words()).toEqual(["raised - 1", "returned - 1"]);
  expect(engine.conditionOf(alarmIdOf(1)).state).toBe("normal");
});
