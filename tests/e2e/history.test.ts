import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, until } from "#tests/headless-host.ts";
import { addDevice, demoTank, isoOf, type Json, rowsBetween, sleepMs } from "#tests/reef.ts";

const CHANNELS = 12;
const STEPS = 600;
const STEP_MS = 100;
const PLAYED_MS = 10_000;
const DAY_MS = 86_400_000;

let host: HeadlessHost;
let admin: ApiClient;
let viewer: ApiClient;
let channelIds: string[] = [];
let span = { fromMs: 0, toMs: 0 };

/** Every value says which channel and which step it is: what is missing, doubled or mixed up shows. */
const valueAt = (channel: number, step: number) => (channel + 1) * 1_000 + step + 0.25;

beforeAll(async () => {
  host = await HeadlessHost.start();
  admin = await ApiClient.signedIn(host);
  const who = { username: "viewer", password: "a viewer may enter" };
  expect((await admin.post("/users", { ...who, role: "viewer" })).status).toBe(201);
  viewer = await ApiClient.signedIn(host, who);
  const file = join(host.dataDir, "known values.csv");
  await writeFile(file, recording());
  const played = await addDevice(admin, { type: "replay", name: "Known values", params: { file } });
  channelIds = played.channels.map((c: Json) => c.id);
  expect(played.channels.map((c: Json) => c.pollIntervalS)).toEqual(Array(CHANNELS).fill(STEP_MS / 1_000));
  await sleepMs(PLAYED_MS);
  expect((await admin.patch(`/devices/${played.id}`, { isEnabled: false })).status).toBe(200);
  span = { fromMs: Date.parse(played.status.since) - 1_000, toMs: Date.now() + 1_000 };
  await until("the journal to be stored", 5_000, async () => {
    const before = await statsOf(0);
    await sleepMs(1_200);
    return (await statsOf(0)).count === before.count ? true : undefined;
  });
});
afterAll(() => host.dispose());

function recording(): string {
  const rows = ["takenAt,channel,quantity,value,unit"];
  for (let step = 0; step < STEPS; step++) {
    const at = isoOf(Date.UTC(2026, 0, 1) + step * STEP_MS);
    for (let channel = 0; channel < CHANNELS; channel++) {
      rows.push(`${at},known ${channel},generic,${valueAt(channel, step)},`);
    }
  }
  return `${rows.join("\n")}\n`;
}

const historyOf = async (channel: number, query: Record<string, string | number> = {}): Promise<Json> => {
  const search = new URLSearchParams({ from: isoOf(span.fromMs), to: isoOf(span.toMs) });
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  const { status, body } = await viewer.get(`/channels/${channelIds[channel]}/history?${search}`);
  expect(status).toBe(200);
  return body;
};
const statsOf = async (channel: number, query: Record<string, string> = {}): Promise<Json> =>
  (await viewer.get(`/channels/${channelIds[channel]}/stats?${new URLSearchParams(query)}`)).body;
const valuesOf = (points: readonly Json[]): number[] => points.map((p) => p.mean);
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

test("history holds every reading once, in order, as it was recorded; windows side by side are the whole (History raw)", async () => {
  let rows = 0;
  for (let channel = 0; channel < CHANNELS; channel++) {
    const { channelId, unit, resolution, points } = await historyOf(channel, { maxPoints: 10_000 });
    expect({ channelId, unit, resolution }).toEqual({
      channelId: channelIds[channel],
      unit: "",
      resolution: "raw",
    });
    const steps = valuesOf(points).map((value) => value - valueAt(channel, 0));
    for (const [i, step] of steps.slice(1).entries()) expect(step - (steps[i] ?? 0)).toBeGreaterThanOrEqual(0);
    for (const step of steps) expect(Number.isInteger(step)).toBe(true);
    for (const { min, max, mean, count } of points) expect([min, max, count]).toEqual([mean, mean, 1]);
    const instants = points.map((p: Json) => Date.parse(p.at));
    expect(new Set(instants).size).toBe(instants.length);
    expect(instants).toEqual(instants.toSorted((a: number, b: number) => a - b));
    expect(points.length).toBeGreaterThan((0.9 * PLAYED_MS) / STEP_MS);
    rows += points.length;

    const [middle, end] = [instants[50], span.toMs];
    const parts = [
      await historyOf(channel, { maxPoints: 10_000, to: isoOf(middle) }),
      await historyOf(channel, { maxPoints: 10_000, from: isoOf(middle), to: isoOf(end) }),
    ];
    expect(parts.flatMap((part) => part.points)).toEqual(points);
  }
  expect(rows).toBeGreaterThan(1_000);
});

test("count, min, max, mean and latest are those of the raw rows, over any span (Latest + stats)", async () => {
  for (let channel = 0; channel < CHANNELS; channel++) {
    const { points } = await historyOf(channel, { maxPoints: 10_000 });
    for (const [first, last] of [
      [0, points.length],
      [10, 60],
      [7, 8],
    ] as const) {
      const asked = points.slice(first, last);
      const values = valuesOf(asked);
      const to = last === points.length ? isoOf(span.toMs) : points[last].at;
      const stats = await statsOf(channel, { from: points[first].at, to });
      expect(stats).toEqual({
        count: values.length,
        min: Math.min(...values),
        max: Math.max(...values),
        mean: expect.closeTo(sumOf(values) / values.length, 6),
        latest: { value: values.at(-1), takenAt: asked.at(-1).at },
        unit: "",
      });
    }
  }
  const before = { from: isoOf(span.fromMs - 1_000), to: isoOf(span.fromMs) };
  expect(await statsOf(0, before)).toEqual({ count: 0, min: null, max: null, mean: null, latest: null, unit: "" });
});

test("rollups have every reading in them, and keep the extremes, however coarse they are asked for (Hourly/daily rollups)", async () => {
  for (let channel = 0; channel < CHANNELS; channel++) {
    const values = valuesOf((await historyOf(channel, { maxPoints: 10_000 })).points);
    const spans = [
      {},
      { from: "1970-01-01T00:00:00Z", to: "9999-12-31T00:00:00Z" },
      { from: isoOf(span.toMs - 40 * DAY_MS) },
    ];
    for (const asked of spans) {
      for (const maxPoints of [1, 2, 3, 10, 100, 10_000]) {
        const { points, resolution } = await historyOf(channel, { ...asked, maxPoints });
        expect(points.length).toBeLessThanOrEqual(maxPoints);
        expect(resolution === "raw").toBe(values.length <= 10 * maxPoints);
        expect(sumOf(points.map((p: Json) => p.count))).toBe(values.length);
        expect(Math.min(...points.map((p: Json) => p.min))).toBe(Math.min(...values));
        expect(Math.max(...points.map((p: Json) => p.max))).toBe(Math.max(...values));
        expect(sumOf(points.map((p: Json) => p.mean * p.count))).toBeCloseTo(sumOf(values), 3);
      }
      const { count, mean } = await statsOf(channel, { to: isoOf(span.toMs), from: isoOf(span.fromMs), ...asked });
      expect([count, mean]).toEqual([values.length, expect.closeTo(sumOf(values) / values.length, 6)]);
    }
  }
});

test("nobody reads history without a sign-in; spans that are none are 400 by name, what is no channel 404 (History raw)", async () => {
  const [id] = channelIds;
  for (const path of ["history", "stats", "latest"]) {
    expect((await new ApiClient(host.url).get(`/channels/${id}/${path}`)).status).toBe(401);
    expect((await viewer.get(`/channels/${id}/${path}`)).status).toBe(200);
    expect((await viewer.get(`/channels/${id?.replace(/.$/, "x")}/${path}`)).status).toBe(404);
  }
  const noon = "2026-01-01T12:00:00Z";
  for (const [query, fields] of [
    [`from=${noon}&to=${noon}`, "from,to"],
    [`from=${noon}&to=2026-01-01T11:59:59Z`, "from,to"],
    ["from=9999-01-01T00:00:00Z", "from,to"],
    ["from=2026-01-01", "from"],
    ["from=2026-01-01T12:00:00", "from"],
    ["from=2026-02-30T00:00:00Z", "from"],
    ["to=1969-12-31T23:59:59Z", "to"],
    ["from=-000001-01-01T00:00:00Z", "from"],
    [`from=${noon}&from=${noon}`, "from"],
    ["maxPoints=0", "maxPoints"],
    ["maxPoints=10001", "maxPoints"],
    ["maxPoints=1.5", "maxPoints"],
    ["maxPoints=", "maxPoints"],
    ["limit=5", "limit"],
  ]) {
    const { status, body } = await viewer.get(`/channels/${id}/history?${query}`);
    const named = new Set(body.error?.details.map((d: Json) => d.field));
    expect([query, status, [...named].join()]).toEqual([query, 400, fields]);
  }
  const offset = await viewer.get(`/channels/${id}/history?from=2026-01-01T00:00:00%2B05:30&to=${noon}`);
  expect(offset).toMatchObject({ status: 200, body: { points: [] } });
});

test("after a restart all of it is there, and what comes then is added once (History raw · Hourly/daily rollups)", async () => {
  const before = await Promise.all(channelIds.map((_, channel) => historyOf(channel, { maxPoints: 10_000 })));
  const demo = (await demoTank(admin)).channels[0].id;
  await host.stop();
  host = await HeadlessHost.start({ dataDir: host.dataDir });
  admin = await ApiClient.signedIn(host);
  viewer = admin;
  for (const [channel, known] of before.entries()) {
    expect(await historyOf(channel, { maxPoints: 10_000 })).toEqual(known);
  }
  await until("newer readings of the demo tank", 10_000, async () => {
    const rows = await rowsBetween(admin, demo, { fromMs: 0, toMs: Date.now() });
    const instants = rows.map((row) => Date.parse(row.at));
    expect(new Set(instants).size).toBe(instants.length);
    const { body } = await admin.get(`/channels/${demo}/stats?from=1970-01-01T00:00:00Z&to=${rows.at(-1)?.at}`);
    expect(body.count).toBe(rows.length - 1);
    return (instants.at(-1) ?? 0) > span.toMs + 1_000 ? true : undefined;
  });
});
