import { describe, expect, test } from "vitest";
import { momentFrom, setpointsOf, viewAround } from "../../../src-renderer/features/alarms/alarm-moment.ts";
import {
  chartHref,
  deadbandUnit,
  setpointUnit,
  valueText,
} from "../../../src-renderer/features/alarms/alarm-units.ts";
import { nearingWords, roundedLeftMs } from "../../../src-renderer/features/tank/nearing.ts";
import { formatsFor } from "../../../src-renderer/i18n/formats.ts";
import { idOf, sensor } from "../tank/builders.ts";
import { alarm } from "./builders.ts";

const HOUR_MS = 3_600_000;
const MIN_MS = 60_000;
const AT_MS = Date.parse("2026-11-23T10:00:00.000Z");
const IN_F = formatsFor({
  language: "en",
  timeZone: "UTC",
  units: { temperatureUnit: "F", salinityUnit: "ppt" },
});
const WATER = sensor(900);

describe("an alarm's numbers in the keeper's unit", () => {
  const shown = (kind: Parameters<typeof setpointUnit>[0], value: number) =>
    IN_F.valueWithUnit(value, setpointUnit(kind, WATER, IN_F));

  test("a limit has its zero, a change and a distance have not", () => {
    expect(shown("high", 25)).toBe("77.0 °F");
    expect(shown("rate-of-change", 0.5)).toBe("0.9 °F");
    expect(shown("deviation", 1)).toBe("1.8 °F");
    expect(shown("drift", 1.5)).toBe("1.5 ×");
    expect(IN_F.valueWithUnit(0.1, deadbandUnit("high", WATER, IN_F))).toBe("0.2 °F");
  });

  test("what it saw is said with its unit, and not where a number says nothing", () => {
    expect(valueText(alarm(1, { value: 25 }), WATER, IN_F)).toBe("77.0 °F");
    expect(valueText(alarm(1, { value: null }), WATER, IN_F)).toBeNull();
    expect(valueText(alarm(1, { kind: "digital", value: 1 }), WATER, IN_F)).toBeNull();
  });
});

describe("the moment of an alarm in its channel's chart", () => {
  test("the link says the moment and the limit, and the page reads the same", () => {
    const href = chartHref(alarm(1), AT_MS) ?? "";
    expect(href).toContain(`/channels/${idOf(900)}?`);
    expect(momentFrom(href.slice(href.indexOf("?")))).toEqual({ atMs: AT_MS, limit: 26.7 });
  });

  test("a rate has no limit that could be drawn, and what watches no channel has no chart", () => {
    const href = chartHref(alarm(1, { kind: "rate-of-change", setpoint: 0.6 }), AT_MS) ?? "";
    expect(momentFrom(href.slice(href.indexOf("?")))).toEqual({ atMs: AT_MS, limit: null });
    expect(chartHref(alarm(1, { kind: "controller", channelId: null }), AT_MS)).toBeNull();
  });

  test("what is no instant is no moment", () => {
    expect(momentFrom("")).toBeNull();
    expect(momentFrom("?at=yesterday&limit=3")).toBeNull();
  });

  test("it is in view with what led to it, and never in the future", () => {
    const view = viewAround({ atMs: AT_MS, limit: null }, AT_MS + 24 * HOUR_MS);
    expect(view).toEqual({ kind: "fixed", fromMs: AT_MS - 4 * HOUR_MS, toMs: AT_MS + 2 * HOUR_MS });
    expect(viewAround({ atMs: AT_MS, limit: null }, AT_MS)).toEqual({ kind: "last", spanMs: 4 * HOUR_MS });
    expect(viewAround(null, AT_MS)).toEqual({ kind: "last", spanMs: 24 * HOUR_MS });
  });

  test("a channel's limits are drawn once each, its rates not at all", () => {
    const alarms = [
      alarm(1),
      alarm(2, { kind: "low", setpoint: 24.4 }),
      alarm(3, { setpoint: 26.7 }),
      alarm(4, { kind: "rate-of-change", setpoint: 0.6 }),
    ];
    expect(setpointsOf(idOf(900), alarms)).toEqual([24.4, 26.7]);
    expect(setpointsOf(idOf(901), alarms)).toEqual([]);
  });
});

describe("the time to a limit", () => {
  test("is told no finer than a forecast can know", () => {
    expect(roundedLeftMs(62 * MIN_MS)).toBe(HOUR_MS);
    expect(roundedLeftMs(118 * MIN_MS)).toBe(2 * HOUR_MS);
    expect(roundedLeftMs(33 * MIN_MS)).toBe(35 * MIN_MS);
    expect(roundedLeftMs(8.4 * HOUR_MS)).toBe(8 * HOUR_MS);
    expect(roundedLeftMs(MIN_MS)).toBe(0);
    expect(roundedLeftMs(-HOUR_MS)).toBe(0);
  });

  test("is said with the limit in the keeper's unit", () => {
    const said: [string, unknown][] = [];
    const t = (key: string, values?: unknown) => {
      said.push([key, values]);
      return key;
    };
    const nearing = { limitAt: new Date(AT_MS + 2 * HOUR_MS).toISOString(), setpoint: 25 };
    nearingWords({ alarm: nearing, channel: WATER, nowMs: AT_MS }, t, IN_F);
    nearingWords({ alarm: nearing, channel: WATER, nowMs: AT_MS + 2 * HOUR_MS }, t, IN_F);
    expect(said).toEqual([
      ["vital.nearing", { limit: "77.0 °F", time: "2 hr" }],
      ["vital.nearingNow", { limit: "77.0 °F" }],
    ]);
  });
});
