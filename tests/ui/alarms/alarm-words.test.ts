import { describe, expect, test } from "vitest";
import { ControllerCheck } from "#contract/alarms.ts";
import type { LoopConfig } from "#contract/loops.ts";
import { OutputRole, Quantity } from "#contract/quantities.ts";
import { alarmsOf, labelOf } from "#domain/alarms/default-alarms.ts";
import * as others from "#domain/alarms/other-default-alarms.ts";
import { conditionWord } from "../../../src-renderer/features/alarms/use-alarm-words.ts";
import { alarmTitle } from "../../../src-renderer/features/tank/alarm-title.ts";
import { ownAlarmTexts } from "../../../src-renderer/i18n/de/own-alarm-texts.ts";
import { alarm } from "./builders.ts";

const t = (key: string, values?: unknown) => `${key} ${JSON.stringify(values ?? {})}`;

describe("what an alarm is called", () => {
  test("one that is named as it was offered says so in a sentence", () => {
    const of = (label: string, kind: Parameters<typeof alarmTitle>[0]["kind"]) =>
      alarmTitle({ name: `Display ${label}`, kind }, "temperature", t);
    expect(of("high-high", "high-high")).toBe('alarm.high-high {"name":"Display"}');
    expect(of("change in 2 h", "rate-of-change")).toBe('alarm.rate-of-change {"name":"Display"}');
    expect(of("change in 30 min", "rate-of-change")).toBe('alarm.rate-of-change {"name":"Display"}');
  });

  test("every offered label is known", () => {
    for (const { kind, windowS } of offered().filter(({ kind }) => kind !== "controller"))
      expect(alarmTitle({ name: `X ${labelOf({ kind, windowS })}`, kind }, undefined, t)).toContain('"name":"X"');
    for (const check of ControllerCheck.options)
      expect(alarmTitle({ name: `Controller ${check}`, kind: "controller" }, undefined, t)).toBe(
        `alarm.check.${check} {}`,
      );
  });

  test("water is not far too high, it is where none belongs", () => {
    expect(alarmTitle({ name: "Floor high-high", kind: "high-high" }, "leak", t)).toBe(
      'alarm.wet {"name":"Floor"}',
    );
  });

  test("a keeper's own name stays", () => {
    expect(alarmTitle({ name: "Summer heat", kind: "high" }, "temperature", t)).toBe("Summer heat");
    expect(alarmTitle({ name: "Controller box", kind: "controller" }, undefined, t)).toBe("Controller box");
  });
});

test("what it watches for is said as its sensor says it", () => {
  const word = (of: Parameters<typeof alarm>[1], quantity?: Quantity) => {
    const { kind, setpoint } = alarm(1, of);
    if (kind === "controller") throw new Error("it has no condition");
    return conditionWord({ kind, setpoint }, quantity);
  };
  expect(word({ kind: "high-high", setpoint: 0.5 }, "leak")).toBe("wet");
  expect(word({ kind: "digital", setpoint: 0 }, "leak")).toBe("dry");
  expect(word({ kind: "digital", setpoint: 1 }, "level")).toBe("closed");
  expect(word({ kind: "digital", setpoint: 0 }, "level")).toBe("open");
  expect(word({ kind: "drift", setpoint: 0.7 })).toBe("driftBelow");
  expect(word({ kind: "drift", setpoint: 1.5 })).toBe("drift");
});

test("every sentence the core offers has a German one, and none is left over", () => {
  const sentences = new Set(
    offered().flatMap(({ response, cause, consequence }) => [response, cause, consequence]),
  );
  sentences.delete("");
  expect([...sentences].filter((sentence) => !(sentence in ownAlarmTexts))).toEqual([]);
  expect(Object.keys(ownAlarmTexts).filter((sentence) => !sentences.has(sentence))).toEqual([]);
});

/** Every alarm that is offered for anything. */
function offered() {
  const sensor = (quantity: Quantity, id: string) =>
    ({ id, kind: "sensor", quantity, role: "generic" }) as Parameters<typeof alarmsOf>[0];
  const topOff = { type: "top-off", highLevelChannelId: "high" } as LoopConfig;
  const loops = [
    { type: "thermostat", heaterChannelId: "heater" },
    { type: "top-off" },
    { type: "doser" },
    { type: "rule" },
  ] as unknown as readonly LoopConfig[];
  return [
    ...Quantity.options.flatMap((quantity) => alarmsOf(sensor(quantity, "any"), [])),
    ...alarmsOf(sensor("level", "high"), [topOff]),
    ...OutputRole.options.map((role) => others.outputAlarm(role)),
    others.pumpPowerAlarm(),
    ...loops.flatMap((loop) => others.loopAlarms(loop)),
    ...others.controllerAlarms(),
    others.RESERVOIR_LOW,
  ];
}
