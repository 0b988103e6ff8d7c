import { expect, test } from "vitest";
import type { Channel } from "#contract/channels.ts";
import type { Loop } from "#contract/loops.ts";
import { outputsTiedTo } from "../../../src-renderer/features/channel/tied-outputs.ts";
import { chartGroups, chosenFrom, firstChoice } from "../../../src-renderer/features/history/chart-groups.ts";
import { displayUnitOf } from "../../../src-renderer/i18n/units.ts";

const sensor = (id: string, quantity: string, role = "generic") =>
  ({
    id,
    quantity,
    role,
    unit: quantity === "ph" ? "pH" : quantity === "orp" ? "mV" : "°C",
  }) as unknown as Channel;
const groupsOf = (...channels: Channel[]) =>
  chartGroups(channels, ({ quantity, unit }) =>
    displayUnitOf(quantity, unit, { temperatureUnit: "C", salinityUnit: "ppt" }),
  ).map((group) => group.channels.map(({ id }) => id));

test("channels of one unit share a chart, and a fifth begins another", () => {
  const temperatures = ["a", "b", "c", "d", "e"].map((id) => sensor(id, "temperature"));
  expect(groupsOf(...temperatures, sensor("p", "ph"), sensor("q", "ph"))).toEqual([
    ["a", "b", "c", "d"],
    ["e"],
    ["p", "q"],
  ]);
});

test("what is shown first is one of each vital quantity, the display's before others'", () => {
  const sensors = [sensor("s", "temperature", "sump"), sensor("d", "temperature", "display"), sensor("p", "ph")];
  expect(firstChoice(sensors)).toEqual(["d", "p"]);
  expect(firstChoice([sensor("w", "power")])).toEqual(["w"]);
  expect(firstChoice([])).toEqual([]);
});

test("the address names channels once each, and those that are gone not at all", () => {
  const sensors = [sensor("a", "ph"), sensor("b", "orp")];
  expect(chosenFrom("channels=b,gone,a,b", sensors)).toEqual(["b", "a"]);
  expect(chosenFrom("channels=", sensors)).toEqual([]);
  expect(chosenFrom("", sensors)).toBeNull();
});

test("outputs tied to a sensor are those its loops drive, once each", () => {
  const loop = (more: object) =>
    ({
      type: "thermostat",
      sensorChannelId: "a",
      secondSensorChannelId: null,
      heaterChannelId: "h",
      chillerChannelId: null,
      roomSensorChannelId: null,
      ...more,
    }) as unknown as Loop;
  const loops = [
    loop({}),
    loop({ chillerChannelId: "c" }),
    loop({ sensorChannelId: "x", heaterChannelId: "other" }),
  ];
  expect(outputsTiedTo("a", loops)).toEqual(["h", "c"]);
  expect(outputsTiedTo("b", [loop({ secondSensorChannelId: "b" })])).toEqual(["h"]);
});
