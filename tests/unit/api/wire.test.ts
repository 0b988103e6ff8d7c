import { jsonEncoder } from "@trpc/server/adapters/ws";
import { expect, test } from "vitest";
import { LiveReadings } from "#main/api/latest-reading.ts";
import { toldToMany, wireEncoder } from "#main/api/wire.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { fakeServices, PROBE_ID } from "#tests/fakes/fake-services.ts";

const told = (data: unknown, id: number | string = 7) => ({ id, result: { type: "data", data } });

test("what is told to many is made into text once, under each caller's own id", () => {
  let asked = 0;
  const reading = toldToMany({
    value: 25.5,
    toJSON() {
      asked += 1;
      return { value: 25.5 };
    },
  });
  expect(wireEncoder.encode(told(reading))).toBe('{"id":7,"result":{"type":"data","data":{"value":25.5}}}');
  expect(wireEncoder.encode(told(reading, 'a"b'))).toBe(
    '{"id":"a\\"b","result":{"type":"data","data":{"value":25.5}}}',
  );
  expect(asked).toBe(1);
});

test("what is told to one is asked anew each time: it may have changed", () => {
  const health = { status: "ok" };
  wireEncoder.encode(told(health));
  health.status = "failing";
  expect(wireEncoder.encode(told(health))).toBe('{"id":7,"result":{"type":"data","data":{"status":"failing"}}}');
});

test.each([
  ["a refusal", { id: 1, error: { code: -32603, message: "no" } }],
  ["a beginning", { id: 1, result: { type: "started" } }],
  ["nothing", told(undefined)],
  ["null", told(null)],
  ["a JSON-RPC caller's item", { ...told(toldToMany({ a: 1 })), jsonrpc: "2.0" }],
  ["an item with an id of its own", { id: 1, result: { type: "data", id: "e1", data: toldToMany({ a: 1 }) } }],
])("%s is written as tRPC writes it", (_what, message) => {
  expect(wireEncoder.encode(message)).toBe(jsonEncoder.encode(message));
});

test("it reads what tRPC's own reads", () => {
  expect(wireEncoder.decode('{"id":1,"method":"query"}')).toEqual({ id: 1, method: "query" });
});

test("a reading is the same object for all who listen", async () => {
  const services = await fakeServices();
  const heard = readingOf({ channelId: PROBE_ID });
  const shown = LiveReadings.of(services).show(heard);
  expect(shown).toMatchObject({ channelId: PROBE_ID, unit: "°C" });
  expect(LiveReadings.of(services).show(heard)).toBe(shown);
});
