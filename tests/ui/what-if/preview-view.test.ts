import { describe, expect, test } from "vitest";
import type { AlarmPreview, PreviewedOutput } from "#contract/what-if.ts";
import type { LoopDraft } from "../../../src-renderer/features/loops/loop-draft.ts";
import {
  actingLimits,
  compared,
  didSpans,
  knownExtent,
  leadingChannel,
  ringSpans,
  ringsOf,
  wouldSpans,
} from "../../../src-renderer/features/what-if/preview-view.ts";

const at = (ms: number) => new Date(ms).toISOString() as PreviewedOutput["did"]["steps"][number]["at"];
const WHOLE = { fromMs: 0, toMs: 1_000 };

describe("what of a span is shown", () => {
  const ends = { from: at(0), to: at(1_000) };
  const record = (ms: number, level: number | null) => ({ steps: [{ at: at(ms), level }], onS: 0, starts: 0 });
  const output = (did: ReturnType<typeof record>, would: ReturnType<typeof record>): PreviewedOutput => ({
    channelId: "0197a000-0000-7000-8000-000000000001" as PreviewedOutput["channelId"],
    name: "Heater",
    would,
    did,
  });

  test("is all of it where nothing is known, and else what is known", () => {
    expect(knownExtent({ ...ends, readingsFrom: null })).toEqual(WHOLE);
    expect(knownExtent({ ...ends, readingsFrom: at(400) })).toEqual({ fromMs: 400, toMs: 1_000 });
    expect(knownExtent({ ...ends, readingsFrom: at(1_000) })).toEqual({ fromMs: 999, toMs: 1_000 });
  });

  test("begins with the first that an output did or would have done, where that is before the readings", () => {
    const readingsFrom = at(600);
    const did = [output(record(300, 0), record(600, 0))];
    expect(knownExtent({ ...ends, readingsFrom, outputs: did }).fromMs).toBe(300);
    const would = [output(record(0, null), record(200, 100))];
    expect(knownExtent({ ...ends, readingsFrom, outputs: would }).fromMs).toBe(200);
  });
});

describe("lanes", () => {
  test("a step lasts until the next, and the last one until the end", () => {
    const steps = [
      { at: at(100), level: 100 },
      { at: at(300), level: null },
    ];
    expect(didSpans(steps, WHOLE)).toEqual([
      { fromMs: 100, toMs: 300, levelPct: 100 },
      { fromMs: 300, toMs: 1_000, levelPct: null },
    ]);
  });

  test("what would have been done is off until its first step, and off throughout without one", () => {
    expect(wouldSpans([], WHOLE)).toEqual([{ fromMs: 0, toMs: 1_000, levelPct: 0 }]);
    expect(wouldSpans([{ at: at(400), level: 100 }], WHOLE)).toEqual([
      { fromMs: 0, toMs: 400, levelPct: 0 },
      { fromMs: 400, toMs: 1_000, levelPct: 100 },
    ]);
    expect(wouldSpans([{ at: at(0), level: 100 }], WHOLE)).toHaveLength(1);
  });
});

describe("the comparison", () => {
  const output = (didLevel: number | null): PreviewedOutput => ({
    channelId: "0197a000-0000-7000-8000-000000000001" as PreviewedOutput["channelId"],
    name: "Pump",
    would: { steps: [], onS: 60, starts: 3 },
    did: { steps: [{ at: at(0), level: didLevel }], onS: 30, starts: 1 },
  });

  test("sets on time, starts and what was pumped side by side", () => {
    expect(compared(output(0), 0.5)).toEqual({
      onS: { would: 60, did: 30 },
      starts: { would: 3, did: 1 },
      pumpedMl: { would: 30, did: 15 },
    });
  });

  test("says that nothing was recorded instead of zero, and nothing of a flow that nobody knows", () => {
    expect(compared(output(null), null)).toEqual({
      onS: { would: 60, did: null },
      starts: { would: 3, did: null },
      pumpedMl: null,
    });
  });
});

describe("the leading probe and its limits", () => {
  const thermostat = { type: "thermostat", sensorChannelId: "probe" } as LoopDraft;
  const topOff = { type: "top-off", levelChannelId: "level", fillBelow: 60, fillUntil: 65 } as LoopDraft;
  const doser = { type: "doser", phChannelId: "ph", phMin: 7.7, phMax: 8.6 } as LoopDraft;
  const rule = (kind: "above" | "below") =>
    ({
      type: "rule",
      conditions: [
        { kind: "output-on", channelId: "pump", forS: 0 },
        { kind, channelId: "probe", value: 27, hysteresis: 0.5, forS: 0 },
      ],
    }) as unknown as LoopDraft;

  test("each type of loop has its own", () => {
    expect([thermostat, topOff, doser, rule("above")].map(leadingChannel)).toEqual([
      "probe",
      "level",
      "ph",
      "probe",
    ]);
    expect(actingLimits(thermostat)).toBeNull();
    expect(actingLimits(topOff)).toEqual({ min: 60, max: 65 });
    expect(actingLimits(doser)).toEqual({ min: 7.7, max: 8.6 });
    expect(actingLimits(rule("above"))).toEqual({ min: 26.5, max: 27 });
    expect(actingLimits(rule("below"))).toEqual({ min: 27, max: 27.5 });
  });

  test("a doser without a pH probe and a rule of the clock have none", () => {
    const blind = { ...doser, phChannelId: null } as LoopDraft;
    const clock = {
      type: "rule",
      conditions: [{ kind: "time", from: "22:00", to: "06:00" }],
    } as unknown as LoopDraft;
    expect([blind, clock].map(leadingChannel)).toEqual([null, null]);
    expect([blind, clock].map(actingLimits)).toEqual([null, null]);
  });
});

describe("rings", () => {
  const told = (ms: number, transition: "raised" | "returned", value: number | null = null) =>
    ({ at: at(ms), transition, value }) as AlarmPreview["transitions"][number];

  test("a ring lasts from where it is raised to where it returns, or still lasts at the end", () => {
    const rings = ringsOf([told(100, "raised", 27), told(200, "returned"), told(600, "raised", 28)]);
    expect(rings).toEqual([
      { fromMs: 100, toMs: 200, value: 27 },
      { fromMs: 600, toMs: null, value: 28 },
    ]);
    expect(ringSpans(rings, WHOLE)).toEqual([
      { fromMs: 0, toMs: 100, levelPct: 0 },
      { fromMs: 100, toMs: 200, levelPct: 100 },
      { fromMs: 200, toMs: 600, levelPct: 0 },
      { fromMs: 600, toMs: 1_000, levelPct: 100 },
      { fromMs: 1_000, toMs: 1_000, levelPct: 0 },
    ]);
  });

  test("where nothing rang there is one quiet span", () => {
    expect(ringsOf([told(5, "returned")])).toEqual([]);
    expect(ringSpans([], WHOLE)).toEqual([{ fromMs: 0, toMs: 1_000, levelPct: 0 }]);
  });
});
