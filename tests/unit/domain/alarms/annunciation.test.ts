import { expect, test } from "vitest";
import {
  type AlarmCommand,
  command,
  elapse,
  ended,
  mostUrgent,
  nextDueAtMs,
  observe,
  priorityOf,
} from "#domain/alarms/alarm-machine.ts";
import { type AlarmMemory, alarmStateOf, keptFrom, memoryFrom, QUIET } from "#domain/alarms/alarm-memory.ts";
import { causeOf, gatherMs, wordsOf } from "#domain/alarms/grouping.ts";
import { type Signal, signalOfCauses, signalOfSize } from "#domain/alarms/signal.ts";
import { isKeptQuiet } from "#domain/alarms/suppression.ts";
import { alarm } from "#tests/builders/alarm.ts";

const at = (s: number) => ({ monotonicMs: s * 1_000, wallMs: 5_000_000 + s * 1_000 });
const violated: Signal = { condition: "violated", value: 27 };
const clear: Signal = { condition: "clear", value: 26 };
const quick = { onDelayS: 0, offDelayS: 0 };

/** Runs steps of one alarm; people are told at once. @returns what was called, with when */
function runOf(definition = alarm(1, quick)) {
  const called: string[] = [];
  const memoryOf = { now: QUIET as AlarmMemory };
  const take = (s: number, step: { memory: AlarmMemory; calls: readonly string[] }) => {
    memoryOf.now =
      step.memory.telling === "due" ? { ...step.memory, telling: "told", toldAtMs: s * 1_000 } : step.memory;
    called.push(...step.calls.map((call) => `${s} ${call}`));
  };
  return {
    called,
    memoryOf,
    say: (s: number, signal: Signal) => take(s, observe(definition, memoryOf.now, { signal, now: at(s) })),
    order: (s: number, order: AlarmCommand) =>
      take(s, command(definition, memoryOf.now, { command: order, now: at(s) })),
    until: (s: number) => {
      for (let due = nextDueAtMs(definition, memoryOf.now); due !== null && due <= s * 1_000; ) {
        take(due / 1_000, elapse(definition, memoryOf.now, at(due / 1_000)));
        due = nextDueAtMs(definition, memoryOf.now);
      }
    },
  };
}

test("it is told when it is raised and when it is over, and again and again while nobody acknowledges", () => {
  const run = runOf(alarm(1, { ...quick, reAlarmS: 300 }));
  run.say(0, violated);
  run.until(650);
  run.order(700, { kind: "acknowledge", by: "bella" });
  run.until(2_000);
  run.say(2_100, clear);
  expect(run.called).toEqual(["0 raised", "300 repeated", "600 repeated", "2100 returned"]);
});

test("one that is not repeated is told once", () => {
  const run = runOf();
  run.say(0, violated);
  run.until(1e6);
  expect(run.called).toEqual(["0 raised"]);
});

test("shelved, it is not told; what stands when shelving ends is", () => {
  const run = runOf();
  run.order(0, { kind: "shelve", forMs: 60_000, by: "bella" });
  run.say(10, violated);
  run.until(59);
  expect(run.called).toEqual([]);
  run.until(60);
  expect(run.called).toEqual(["60 raised"]);
  run.order(70, { kind: "shelve", forMs: 60_000, by: "bella" });
  run.say(80, clear);
  run.until(200);
  expect(run.called).toEqual(["60 raised"]);
  expect(alarmStateOf(run.memoryOf.now)).toBe("returned-unacknowledged");
});

test("out of service it is silent; back in service what stands is told, with who and why kept meanwhile", () => {
  const run = runOf();
  run.order(0, { kind: "out-of-service", isOn: true, by: "bella", note: "cleaning" });
  run.say(1, violated);
  expect(run.memoryOf.now).toMatchObject({ by: "bella", note: "cleaning" });
  run.order(5, { kind: "out-of-service", isOn: false, by: "bella" });
  expect(run.called).toEqual(["5 raised"]);
});

test("a latched alarm repeats until somebody comes, though what raised it is over", () => {
  const run = runOf(alarm(1, { ...quick, latching: true, reAlarmS: 300 }));
  run.say(0, violated);
  run.say(10, clear);
  run.until(310);
  expect(run.called).toEqual(["0 raised", "10 returned", "300 repeated"]);
  run.order(320, { kind: "reset", by: "bella" });
  run.until(5_000);
  expect(run.called).toHaveLength(3);
});

test("words: each thing that is wrong rings once, the most urgent gives the priority, a critical one repeats", () => {
  const definition = alarm(1, { onDelayS: 0, offDelayS: 60, kind: "loop-warning", priority: "medium" });
  const run = runOf(definition);
  const low = { code: "low", text: "Nearly empty.", priority: "low" } as const;
  const hot = { code: "hot", text: "Too hot.", priority: "critical" } as const;
  run.say(0, signalOfCauses([low]));
  expect(priorityOf(definition, run.memoryOf.now)).toBe("low");
  run.say(1, signalOfCauses([low]));
  run.say(2, signalOfCauses([low, hot]));
  run.say(3, signalOfCauses([hot]));
  run.say(4, signalOfCauses([low, hot]));
  expect(run.called).toEqual(["0 raised", "2 raised"]);
  expect(priorityOf(definition, run.memoryOf.now)).toBe("critical");
  expect(run.memoryOf.now.text).toBe("Nearly empty. Too hot.");
  run.until(302);
  expect(run.called.at(-1)).toBe("302 repeated");
  run.say(400, signalOfCauses([]));
  run.until(490);
  run.say(500, signalOfCauses([{ code: "x", text: "Other.", priority: null }]));
  expect(run.called.slice(-2)).toEqual(["460 returned", "500 raised"]);
  expect(priorityOf(definition, run.memoryOf.now)).toBe("medium");
  expect(mostUrgent([])).toBeNull();
});

test("words: what was gone for the off-delay while another thing stood is told again; what stands gives the words", () => {
  const definition = alarm(1, { onDelayS: 0, offDelayS: 60, kind: "loop-warning", priority: "medium" });
  const run = runOf(definition);
  const low = { code: "low", text: "Nearly empty.", priority: "low" } as const;
  const hot = { code: "hot", text: "Too hot.", priority: "critical" } as const;
  run.say(0, signalOfCauses([low, hot]));
  run.say(10, signalOfCauses([low]));
  expect(run.memoryOf.now.text).toBe("Nearly empty.");
  expect(priorityOf(definition, run.memoryOf.now)).toBe("low");
  run.say(69, signalOfCauses([low, hot]));
  expect(run.memoryOf.now.text).toBe("Nearly empty. Too hot.");
  run.say(80, signalOfCauses([low]));
  run.say(100, signalOfCauses([low]));
  expect(run.called).toEqual(["0 raised"]);
  run.say(140, signalOfCauses([low, hot]));
  expect(run.called).toEqual(["0 raised", "140 raised"]);
  expect(run.memoryOf.now).toMatchObject({ priority: "critical", isAcknowledged: false });
});

test("words: with no off-delay, what comes back is told again at once; what stands on is not", () => {
  const run = runOf(alarm(1, { ...quick, kind: "loop-warning" }));
  const [a, b] = ["a", "b"].map((code) => ({ code, text: code, priority: null }));
  if (a === undefined || b === undefined) throw new Error("two of them");
  run.say(0, signalOfCauses([a, b]));
  run.say(5, signalOfCauses([a]));
  run.say(6, signalOfCauses([a]));
  run.say(7, signalOfCauses([a, b]));
  expect(run.called).toEqual(["0 raised", "7 raised"]);
  const kept = memoryFrom(keptFrom(run.memoryOf.now, at(8)), at(9));
  expect(kept).toMatchObject({ codes: ["a", "b"], absentSinceMs: {}, unknownSinceMs: null });
});

test("words that stand shorter than the delay ring nothing", () => {
  const run = runOf(alarm(1, { kind: "loop-warning", onDelayS: 60, offDelayS: 0 }));
  run.say(0, signalOfCauses([{ code: "a", text: "A.", priority: null }]));
  run.say(30, signalOfCauses([]));
  run.until(200);
  expect(run.called).toEqual([]);
});

test("what an alarm that is gone stood for is over", () => {
  const definition = alarm(1, { ...quick, latching: true });
  const run = runOf(definition);
  expect(ended(definition, QUIET, at(0)).transitions).toEqual([]);
  run.say(0, violated);
  const { transitions, memory } = ended(definition, run.memoryOf.now, at(9));
  expect(transitions.map(({ transition, to }) => [transition, to])).toEqual([
    ["returned", "returned-unacknowledged"],
  ]);
  expect(memory.isLatched).toBe(false);
});

test("over a restart shelving ends when it was to; a clock that went back has it last no longer than it had left", () => {
  const run = runOf();
  run.say(0, violated);
  run.order(0, { kind: "shelve", forMs: 600_000, by: "bella" });
  const kept = keptFrom(run.memoryOf.now, at(100));
  const later = memoryFrom(kept, { monotonicMs: 7, wallMs: at(400).wallMs });
  expect(later).toMatchObject({ shelvedUntilMs: 200_007, isInputUnknown: true, isActive: true, by: "bella" });
  const before = memoryFrom(kept, { monotonicMs: 7, wallMs: 0 });
  expect(before.shelvedUntilMs).toBe(500_007);
  const unset = memoryFrom(kept, { monotonicMs: 7, wallMs: at(400).wallMs }, false);
  expect(unset.shelvedUntilMs).toBe(500_007);
  expect(memoryFrom(keptFrom(QUIET, at(0)), at(1)).shelvedUntilMs).toBeNull();
});

test("a size is judged either way, and a deadband wider than its limit can still be cleared", () => {
  const definition = alarm(1, { kind: "discrepancy", setpoint: 0.5, deadband: 2 });
  expect([-0.6, 0.4, 0.2].map((value) => signalOfSize(definition, value).condition)).toEqual([
    "violated",
    "between",
    "clear",
  ]);
  expect(signalOfSize({ ...definition, setpoint: null }, 1e9).condition).toBe("clear");
});

test("a mode keeps quiet what it names; never the outer limits, and never a leak", () => {
  const all = new Set(["low", "high", "rate", "deviation", "digital"]);
  const quiet = (
    kind: Parameters<typeof alarm>[1] & object,
    quantity: "temperature" | "leak" | null = "temperature",
  ) => isKeptQuiet(alarm(1, kind), all, quantity);
  expect(quiet({ kind: "low" })).toBe(true);
  expect(quiet({ kind: "rate-of-change" })).toBe(true);
  expect(quiet({ kind: "deviation" }, null)).toBe(true);
  expect(quiet({ kind: "high-high" })).toBe(false);
  expect(quiet({ kind: "low-low" })).toBe(false);
  expect(quiet({ kind: "digital" }, "leak")).toBe(false);
  expect(isKeptQuiet(alarm(1), new Set(), "temperature")).toBe(false);
});

test("alarms of one cause are known by it", () => {
  const raise = { definition: { kind: "stale", check: null }, onsetMs: 100_000, lostDevice: null } as const;
  expect(causeOf(raise, null)).toMatchObject({ key: "measurement", isLasting: false });
  expect(causeOf({ ...raise, lostDevice: "Sump" }, 0)).toMatchObject({
    text: "Sump does not answer",
    isLasting: true,
  });
  expect(causeOf(raise, 99_000)?.key).toBe("start");
  expect(causeOf({ ...raise, onsetMs: null }, 0)?.key).toBe("start");
  const controller = { ...raise, definition: { kind: "controller", check: "acquisition" } } as const;
  expect(causeOf(controller, null)?.key).toBe("devices");
  expect(causeOf({ ...raise, definition: { kind: "high", check: null }, lostDevice: "Sump" }, null)).toBeNull();
  expect(gatherMs("stale")).toBeGreaterThan(gatherMs("high"));
  const lost = (name: string) => ({ key: "devices", text: `${name} does not answer`, isLasting: true });
  const devices = { key: "devices", text: "Devices do not answer", isLasting: true };
  expect(wordsOf([devices, lost("A")])).toBe("A does not answer");
  expect(wordsOf([lost("A"), lost("B"), lost("A")])).toBe("A, B do not answer");
  expect(wordsOf([devices])).toBe("Devices do not answer");
  expect(wordsOf([])).toBe("");
});
