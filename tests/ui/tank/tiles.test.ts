import { expect, test } from "vitest";
import { arranged, inOrder, moved, paged, tilesOf } from "../../../src-renderer/features/tank/tiles.ts";
import { device, idOf, sensor } from "./builders.ts";

const room = sensor(1, { role: "room" });
const display = sensor(2, { role: "display" });
const ph = sensor(3, { quantity: "ph" });
const cpu = sensor(4, { quantity: "controller-temperature" });
const pump = sensor(5, { kind: "switch", quantity: "generic", role: "return-pump" });
const devices = new Map([["one", device([cpu, room, ph, pump, display])]]);
const namesOf = (channels: readonly { id: string }[]) => channels.map(({ id }) => id);

test("the display's temperature leads, one of each quantity follows, the machine's own come last", () => {
  const { vitals, outputs } = tilesOf(devices);
  expect(namesOf(vitals)).toEqual(namesOf([display, ph, room, cpu]));
  expect(namesOf(outputs)).toEqual(namesOf([pump]));
});

test("the user's order holds, what it does not name comes after, what is hidden does not come", () => {
  const { vitals } = tilesOf(devices);
  expect(namesOf(inOrder(vitals, [cpu.id, ph.id]))).toEqual(namesOf([cpu, ph, display, room]));
  expect(namesOf(arranged(vitals, { tileOrder: [ph.id, idOf(99)], hiddenTiles: [room.id] }))).toEqual(
    namesOf([ph, display, cpu]),
  );
});

test("a tile moves, and nothing is lost or doubled", () => {
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
  const items = ["a", "b"];
  expect(moved(items, 0, 2)).toBe(items);
  expect(moved(items, 5, 0)).toBe(items);
  expect(moved(items, 1, 1)).toBe(items);
});

test("pages hold so many each, the first its own number", () => {
  expect(paged([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(paged([1, 2, 3, 4, 5], 2, 3)).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
  expect(paged([], 2)).toEqual([]);
});
