import fc from "fast-check";
import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { flawsIn } from "#main/api/input-guard.ts";
import { pageFrom } from "#main/api/paging.ts";
import { problemFrom } from "#main/api/problems.ts";
import { callerFor } from "#tests/fakes/api-caller.ts";
import { fakeServices, HEATER_ID, PROBE_ID, START_MS } from "#tests/fakes/fake-services.ts";

const DAY_MS = 86_400_000;

test("the latest of a channel: never read, good, stale, bad", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  const latest = () => caller.channels.latest({ id: PROBE_ID });
  const reading = { channelId: PROBE_ID, takenAtMs: START_MS, raw: null, coversS: 1 };
  expect(await latest()).toEqual({ value: null, unit: "°C", quality: "bad", takenAt: null, reason: "no-reading" });

  services.readings.publish({ ...reading, value: 25.5, quality: "good", reason: null });
  expect(await latest()).toMatchObject({ value: 25.5, quality: "good" });
  await services.clock.advance(90_000);
  expect(await latest()).toMatchObject({ quality: "good" });
  await services.clock.advance(1);
  expect(await latest()).toMatchObject({
    value: 25.5,
    quality: "uncertain",
    reason: "stale",
    lastGood: { value: 25.5 },
  });

  services.readings.publish({ ...reading, value: null, quality: "bad", reason: "comm" });
  await services.clock.advance(200_000);
  expect(await latest()).toMatchObject({ value: null, quality: "bad", reason: "comm", lastGood: { value: 25.5 } });
});

test("alarm events of a span in which nothing lies are refused; either end may be left out", async () => {
  const caller = await callerFor(await fakeServices(), "viewer");
  const [early, late] = ["2025-06-01T00:00:00Z", "2025-06-02T00:00:00Z"];
  for (const span of [
    { from: late, to: early },
    { from: early, to: early },
  ])
    await expect(caller.alarmEvents.list(span)).rejects.toThrow("from must be before to");
  for (const span of [{ from: early, to: late }, { from: late }, { to: early }, {}])
    await expect(caller.alarmEvents.list(span)).resolves.toMatchObject({ items: [] });
});

test("history and stats are of the last 24 hours unless a span is given", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  await caller.channels.history({ id: PROBE_ID });
  const from = "2025-06-01T00:00:00+02:00";
  const answer = await caller.channels.history({ id: PROBE_ID, from, to: "2025-06-02T00:00:00Z", maxPoints: 5 });

  expect(services.history.asked).toEqual([
    { channelId: PROBE_ID, span: { fromMs: START_MS - DAY_MS, toMs: START_MS }, maxPoints: 1_000 },
    { channelId: PROBE_ID, span: { fromMs: Date.parse(from), toMs: Date.UTC(2025, 5, 2) }, maxPoints: 5 },
  ]);
  expect(answer).toMatchObject({ channelId: PROBE_ID, unit: "°C", resolution: "raw", points: [{ mean: 25.5 }] });
  await expect(caller.channels.stats({ id: PROBE_ID })).resolves.toMatchObject({
    count: 2,
    latest: { value: 26 },
    unit: "°C",
  });
});

test("an output's history ends now at the latest, and is refused backwards or for what is no output", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "viewer");
  const later = new Date(START_MS + DAY_MS).toISOString();
  const answer = await caller.outputs.history({ channelId: HEATER_ID, to: later, from: "2025-12-31T23:00:00Z" });
  expect(answer).toMatchObject({ channelId: HEATER_ID, resolution: "each", spans: [{ levelPct: 100 }] });
  expect(services.history.asked.at(-1)).toMatchObject({
    span: { fromMs: START_MS - 3_600_000, toMs: START_MS },
    maxPoints: 1_000,
  });
  await expect(caller.outputs.history({ channelId: PROBE_ID })).rejects.toThrow();
  await expect(caller.outputs.history({ channelId: HEATER_ID, from: later })).rejects.toThrow(
    /from must be before/,
  );
});

test("a span that ends before it begins names both of its ends", async () => {
  const caller = await callerFor(await fakeServices(), "viewer");
  const instant = "2025-06-01T00:00:00Z";
  for (const span of [{ from: instant, to: instant }, { from: "2026-06-01T00:00:00Z" }]) {
    const error = await caller.channels.history({ id: PROBE_ID, ...span }).catch((thrown: unknown) => thrown);
    expect(problemFrom(error)).toMatchObject({ status: 400, details: [{ field: "from" }, { field: "to" }] });
  }
});

test("an override is made in the name of who asks, and says why it is refused", async () => {
  const services = await fakeServices();
  const caller = await callerFor(services, "operator");
  const override = () => caller.outputs.override({ channelId: HEATER_ID, level: 100, durationS: 60 });
  await expect(override()).resolves.toMatchObject({ requested: 100, owner: "manual" });
  expect(services.outputs.actors).toEqual(["operator"]);

  services.outputs.refusal = new ReefFault("interlocked", "The water is 29 °C");
  expect(problemFrom(await override().catch((thrown: unknown) => thrown))).toMatchObject({
    status: 422,
    code: "interlocked",
    message: "The water is 29 °C",
  });
});

test("a field with several flaws is named once, and what is wrong with it each time", async () => {
  const caller = await callerFor(await fakeServices(), "viewer");
  const { message, details } = problemFrom(
    await caller.channels.history({ id: PROBE_ID, from: "soon", maxPoints: 0 }).catch((thrown: unknown) => thrown),
  );
  expect(message).toBe("The request does not fit: from, maxPoints");
  expect(details.length).toBeGreaterThan(2);
});

test("a database that cannot be used as it was set is away, and no bug", () => {
  expect(problemFrom(new ReefFault("bad-setting", "The password is wrong"))).toMatchObject({ status: 503 });
});

test("what is unexpected is told to nobody but the log", () => {
  const secret = new Error("connect postgres://reef:secret@db");
  expect(JSON.stringify(problemFrom(secret))).not.toContain("secret");
  expect(problemFrom(secret)).toMatchObject({ code: "internal", status: 500 });
});

test("every page together is the whole list, once each, though things come and go in between", () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 60 });
  fc.assert(
    fc.property(
      ids,
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 59 }),
      (numbers, limit, goneAt) => {
        const all = numbers.sort((a, b) => a - b).map((n) => String(n).padStart(4, "0"));
        const seen: string[] = [];
        let list = all;
        let cursor: string | undefined;
        do {
          const page = pageFrom(list, cursor === undefined ? { limit } : { limit, cursor }, (id) => id);
          seen.push(...page.items);
          cursor = page.nextCursor ?? undefined;
          // What was the last item seen is removed: the cursor must still say where to go on.
          if (seen.length > goneAt) list = list.filter((id) => id !== seen.at(-1));
        } while (cursor !== undefined);
        expect(seen).toEqual(all);
      },
    ),
  );
});

test("a cursor that is not ours is refused", () => {
  for (const cursor of ["x", "YWZ0ZXI6", "!!!!", Buffer.from("before:1").toString("base64url")]) {
    expect(() => pageFrom([1], { limit: 1, cursor }, String)).toThrowError(
      expect.objectContaining({ code: "invalid" }),
    );
  }
});

test("input that no schema should have to judge is refused with its place", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 0 : { in: nested(depth - 1) });
  const deep = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) as unknown;
  expect(flawsIn({ name: "tank", params: { list: [1, "two", null] } })).toEqual([]);
  expect(flawsIn(nested(30))).toEqual([]);
  expect(flawsIn(deep)).toHaveLength(1);
  expect(flawsIn({ a: "\0", b: "\ud800", c: { "\0": 1 } }).map((flaw) => flaw.field)).toEqual(["a", "b", "c.\0"]);
  expect(flawsIn(JSON.parse('{"params":{"__proto__":{"x":1}}}'))).toEqual([
    { field: "params.__proto__", message: "unknown field" },
  ]);
});
