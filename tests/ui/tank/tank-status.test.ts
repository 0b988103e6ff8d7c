import { expect, test } from "vitest";
import type { Alarm } from "#contract/alarms.ts";
import type { Channel } from "#contract/channels.ts";
import type { Output } from "#contract/outputs.ts";
import type { LiveReading } from "#contract/readings.ts";
import type { Concern } from "../../../src-renderer/features/tank/concerns.ts";
import {
  answeringOf,
  type SeenTank,
  tankStatusOf,
  toneOf,
} from "../../../src-renderer/features/tank/tank-status.ts";
import { alarm } from "../alarms/builders.ts";
import { device, health, idOf, output, reading, sensor } from "./builders.ts";

const RELEASED = { isActive: false, since: null, by: null };
const display = sensor(1, { role: "display", limits: { min: 24.4, max: 26.7 }, name: "Display temperature" });
const ph = sensor(2, { quantity: "ph", limits: { min: 7.8, max: 8.5 }, name: "pH" });
const heater = sensor(3, { kind: "switch", quantity: "generic", role: "heater", name: "Heater" });

interface Parts {
  readonly channels?: readonly Channel[];
  readonly readings?: readonly LiveReading[];
  readonly outputs?: readonly Output[];
}

function tank(parts: Parts = {}, of: Partial<SeenTank> = {}): SeenTank {
  const { channels = [display, ph, heater], outputs = [output(heater.id)] } = parts;
  const readings = parts.readings ?? [reading(display.id), reading(ph.id, { value: 8.1 })];
  const one = device(channels);
  return {
    isOnline: true,
    isTold: true,
    devices: new Map([[one.id, one]]),
    readings: new Map(readings.map((r) => [r.channelId, r])),
    outputs: new Map(outputs.map((o) => [o.channelId, o])),
    health: health(),
    emergencyStop: RELEASED,
    ...of,
  };
}

function concernsOf(seen: SeenTank): readonly Concern[] {
  const status = tankStatusOf(seen);
  return status.kind === "concerns" ? status.concerns : [];
}

const kindsOf = (seen: SeenTank) => concernsOf(seen).map(({ kind }) => kind);

test("all good within limits, confirmed and healthy is well", () => {
  const status = tankStatusOf(tank());
  expect(status).toEqual({ kind: "well" });
  expect(toneOf(status)).toBe("well");
});

test.each([
  ["the connection is lost", { isOnline: false }, "offline", "unknown"],
  ["nothing was told yet", { isTold: false }, "waiting", "unknown"],
  ["health was not told yet", { health: null }, "waiting", "unknown"],
  ["the emergency stop was not told yet", { emergencyStop: null }, "waiting", "unknown"],
  ["no reading came yet", { readings: new Map() }, "waiting", "unknown"],
  ["there are no devices", { devices: new Map() }, "no-devices", "plain"],
] as const)("it is never well while %s", (_when, of, kind, tone) => {
  const status = tankStatusOf(tank({}, of));
  expect(status.kind).toBe(kind);
  expect(toneOf(status)).toBe(tone);
});

test("lost is said before everything else, stop included", () => {
  const stopped = { isActive: true, since: null, by: "keeper" };
  expect(tankStatusOf(tank({}, { isOnline: false, emergencyStop: stopped })).kind).toBe("offline");
  expect(tankStatusOf(tank({}, { emergencyStop: stopped })).kind).toBe("emergency-stop");
});

test("without any limits it does not claim that the tank is well", () => {
  const bare = sensor(1, { role: "display" });
  const status = tankStatusOf(tank({ channels: [bare], readings: [reading(bare.id)], outputs: [] }));
  expect(status).toEqual({ kind: "no-limits" });
  expect(toneOf(status)).toBe("plain");
});

test("a value beyond its limit is named with how far", () => {
  const [first] = concernsOf(tank({ readings: [reading(display.id), reading(ph.id, { value: 7.7 })] }));
  expect(first).toMatchObject({
    kind: "outside",
    channel: { name: "pH" },
    departure: { side: "low", limit: 7.8 },
  });
});

test("the display's own temperature comes before a pH, and is danger", () => {
  const seen = tank({ readings: [reading(display.id, { value: 29 }), reading(ph.id, { value: 7.7 })] });
  expect(concernsOf(seen)[0]).toMatchObject({ channel: { name: "Display temperature" } });
  expect(toneOf(tankStatusOf(seen))).toBe("danger");
});

test("a sensor that says nothing, a bad and an old reading all want a look", () => {
  expect(kindsOf(tank({ readings: [reading(display.id)] }))).toEqual(["bad"]);
  const bad = reading(ph.id, { value: null, quality: "bad", reason: "dead" });
  expect(concernsOf(tank({ readings: [reading(display.id), bad] }))[0]).toMatchObject({
    kind: "bad",
    reason: "dead",
  });
  const old = reading(ph.id, { value: 8, quality: "uncertain", reason: "stale" });
  expect(kindsOf(tank({ readings: [reading(display.id), old] }))).toEqual(["stale"]);
});

test("an output that does not follow, is unknown or is latched wants a look; a pending one does not", () => {
  const since = "2026-11-23T10:00:00.000Z";
  const kindsWith = (of: Partial<Output>) => kindsOf(tank({ outputs: [output(heater.id, of)] }));
  expect(kindsWith({ confirmation: "failed" })).toEqual(["failed"]);
  expect(kindsWith({ confirmation: "unknown", actual: null })).toEqual(["unknown"]);
  expect(kindsWith({ confirmation: "unknown", actual: null, owner: "none" })).toEqual([]);
  expect(kindsWith({ faults: [{ code: "max-on", text: "Off.", since, latched: true }] })).toEqual(["latched"]);
  expect(kindsWith({ faults: [{ code: "odd", text: "Odd.", since, latched: false }] })).toEqual(["fault"]);
  expect(kindsWith({ confirmation: "pending" })).toEqual([]);
});

test("what is behind a device that does not answer is one thing", () => {
  const seen = tank({ readings: [] });
  const lost = device([display, ph, heater], {
    status: { state: "offline", since: "2026-11-23T10:00:00.000Z", lastError: "no answer" },
  });
  const readings = new Map([[ph.id, reading(ph.id, { value: null, quality: "bad", reason: "comm" })]]);
  expect(kindsOf({ ...seen, devices: new Map([[lost.id, lost]]), readings })).toEqual(["unreachable"]);
});

test("a device that is switched off concerns nobody", () => {
  const off = device([ph], { id: "0197a000-0000-7000-8000-0000000000ff" as never, isEnabled: false });
  const seen = tank();
  expect(tankStatusOf({ ...seen, devices: new Map([...seen.devices, [off.id, off]]) }).kind).toBe("well");
  expect(answeringOf(new Map([[off.id, off]]))).toEqual({ answering: 0, all: 0 });
});

test("a health check is named once: not again where it sums up what is named", () => {
  expect(concernsOf(tank({}, { health: health({ database: "failing" }) }))).toMatchObject([
    { kind: "health", check: "database", isFailing: true },
  ]);
  const failed = [output(heater.id, { confirmation: "failed" })];
  expect(kindsOf(tank({ outputs: failed }, { health: health({ outputs: "degraded" }) }))).toEqual(["failed"]);
});

test("degraded without a check that says why is less than well", () => {
  const status = tankStatusOf(tank({}, { health: { ...health(), status: "degraded" } }));
  expect(status.kind).toBe("no-health");
  expect(toneOf(status)).toBe("look");
});

test("water at a leak sensor comes before all", () => {
  const leak = sensor(4, { quantity: "leak", name: "Leak" });
  const readings = [reading(display.id, { value: 30 }), reading(leak.id, { value: 1, unit: "wet" })];
  expect(kindsOf(tank({ channels: [display, leak], readings, outputs: [] }))).toEqual(["leak", "outside"]);
});

test("the worst alarm that holds is said first, and its sensor's own concern not again", () => {
  const seen = tank(
    { readings: [reading(display.id, { value: 28.1 }), reading(ph.id, { value: 8.1 })] },
    {
      alarms: [
        alarm(1, { channelId: display.id, priority: "critical", state: "acknowledged" }),
        alarm(2, { channelId: ph.id, priority: "low" }),
        alarm(3, { state: "returned-unacknowledged" }),
      ],
    },
  );
  const status = tankStatusOf(seen);
  expect(kindsOf(seen)).toEqual(["alarm", "alarm"]);
  expect(toneOf(status)).toBe("danger");
});

test("alarms of one cause are one concern, and a slight one hides nothing graver", () => {
  const groupId = idOf(77) as NonNullable<Alarm["groupId"]>;
  const seen = tank(
    { readings: [reading(display.id, { value: 28.1 }), reading(ph.id, { value: 8.1 })] },
    {
      alarms: [
        alarm(1, { channelId: display.id, priority: "low", groupId }),
        alarm(2, { channelId: ph.id, priority: "low", groupId }),
      ],
    },
  );
  const status = tankStatusOf(seen);
  expect(kindsOf(seen)).toEqual(["outside", "alarm"]);
  expect(status).toMatchObject({ concerns: [{}, { more: 1 }] });
});
