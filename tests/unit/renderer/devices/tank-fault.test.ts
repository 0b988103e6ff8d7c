import { expect, test } from "vitest";
import { DRIVERS, driverTypes } from "#main/hardware/registry.ts";
import { FAULT_NAMES } from "#main/hardware/simulated/faults.ts";
import {
  faultNamesOf,
  faultsByGroup,
  faultsOf,
  faultsParam,
  isSameFault,
} from "../../../../src-renderer/features/devices/tank-fault.ts";
import { faults as german } from "../../../../src-renderer/i18n/de/devices-params.ts";
import { faults as english, params } from "../../../../src-renderer/i18n/en/devices-params.ts";

const types = driverTypes(DRIVERS);

test("the mishaps a tank can be given are those of its driver, and no other driver has any", () => {
  const withFaults = types.filter((type) => faultNamesOf(type).length > 0);
  expect(withFaults.map(({ type }) => type)).toEqual(["simulated-tank"]);
  expect(withFaults.flatMap(faultNamesOf)).toEqual([...FAULT_NAMES]);
});

test("every mishap has its words in both languages, and its group", () => {
  expect(Object.keys(english).toSorted()).toEqual([...FAULT_NAMES].toSorted());
  expect(Object.keys(german)).toEqual(Object.keys(english));
  expect(faultsByGroup(FAULT_NAMES).map(([group]) => group)).not.toContain("other");
  expect(
    faultsByGroup(FAULT_NAMES)
      .flatMap(([, names]) => names)
      .toSorted(),
  ).toEqual([...FAULT_NAMES].toSorted());
});

test("a mishap nobody knows is listed all the same", () => {
  expect(faultsByGroup(["earthquake"])).toEqual([["other", ["earthquake"]]]);
});

test("mishaps at work are read in both ways they may be stored, and written in one", () => {
  const active = faultsOf({
    params: { faults: ["leak", { name: "probe-vanishes", key: "ph" }, { name: "hang" }] },
  });
  expect(active).toEqual([
    { name: "leak", key: null },
    { name: "probe-vanishes", key: "ph" },
    { name: "hang", key: null },
  ]);
  expect(faultsParam(active)).toEqual([{ name: "leak" }, { name: "probe-vanishes", key: "ph" }, { name: "hang" }]);
  expect(faultsOf({ params: {} })).toEqual([]);
});

test("the same mishap on another channel is another one", () => {
  expect(isSameFault({ name: "hang", key: null }, { name: "hang", key: "ph" })).toBe(false);
  expect(isSameFault({ name: "hang", key: "ph" }, { name: "hang", key: "ph" })).toBe(true);
});

test("every parameter of every driver has its words", () => {
  const told = Object.entries(params).map(([type, words]) => [type, Object.keys(words).toSorted()]);
  const asked = types.map(({ type, paramsSchema }) => [
    type,
    Object.keys(paramsSchema["properties"] ?? {}).toSorted(),
  ]);
  expect(told.toSorted()).toEqual(asked.toSorted());
});
