import fc from "fast-check";
import { expect, test } from "vitest";
import type { AlarmDefinition, AlarmTransition } from "#contract/alarms.ts";
import { type AlarmCommand, command, elapse, nextDueAtMs, observe } from "#domain/alarms/alarm-machine.ts";
import { type AlarmMemory, alarmStateOf, QUIET } from "#domain/alarms/alarm-memory.ts";
import type { AlarmInput } from "#domain/alarms/condition.ts";
import { signalOf } from "#domain/alarms/signal.ts";
import { alarm } from "#tests/builders/alarm.ts";

const base = alarm(1);
const good = (value: number): AlarmInput => ({ value, quality: "good", reason: null });
const bad: AlarmInput = { value: null, quality: "bad", reason: "range" };

/** Plays inputs and commands at given seconds, letting every due instant in between happen as the engine would. */
function play(
  definition: AlarmDefinition,
  events: readonly (readonly [number, AlarmInput | AlarmCommand])[],
  endS = 1e6,
) {
  let memory: AlarmMemory = QUIET;
  const transitions: AlarmTransition[] = [];
  const take = (step: { memory: AlarmMemory; transitions: readonly AlarmTransition[] }) => {
    memory = step.memory;
    transitions.push(...step.transitions);
  };
  const until = (ms: number) => {
    for (
      let due = nextDueAtMs(definition, memory);
      due !== null && due <= ms;
      due = nextDueAtMs(definition, memory)
    ) {
      take(elapse(definition, memory, { monotonicMs: due, wallMs: due }));
    }
  };
  for (const [atS, event] of events) {
    const now = { monotonicMs: atS * 1_000, wallMs: atS * 1_000 };
    until(now.monotonicMs - 1);
    take(
      "quality" in event
        ? observe(definition, memory, { signal: signalOf(definition, event), now })
        : command(definition, memory, { command: event, now }),
    );
  }
  until(endS * 1_000);
  return {
    memory,
    said: transitions.map((t) => `${t.atMs / 1_000} ${t.transition} ${t.from}>${t.to} ${t.value}`),
  };
}

test("it is raised when the limit is passed for the on-delay, and returns inside by the deadband for the off-delay", () => {
  const { said } = play(base, [
    [0, good(26.8)],
    [200, good(26.6)],
    [300, good(26.55)],
  ]);
  expect(said).toEqual([
    "120 raised normal>unacknowledged 26.8",
    "360 returned unacknowledged>returned-unacknowledged 26.55",
  ]);
});

test("a visit beyond the limit shorter than the on-delay is no alarm", () => {
  expect(
    play(base, [
      [0, good(27)],
      [119, good(26.7)],
      [130, good(27)],
      [200, good(26)],
    ]).said,
  ).toEqual([]);
});

test("oscillation inside the deadband makes no second event, however long", () => {
  const wobble = Array.from({ length: 500 }, (_, i) => [200 + i * 30, good(i % 2 === 0 ? 26.69 : 26.71)] as const);
  expect(play(base, [[0, good(27)], ...wobble]).said).toEqual(["120 raised normal>unacknowledged 27"]);
});

test("a hundred violating readings are one event; after a return the next violation is a second", () => {
  const hot = Array.from({ length: 100 }, (_, i) => [i * 10, good(27 + i / 100)] as const);
  const { said } = play(base, [...hot, [1_000, good(26)], [2_000, good(28)]]);
  expect(said.map((s) => s.split(" ")[1])).toEqual(["raised", "returned", "raised"]);
});

test("a bad input holds the alarm as it is and starts no delay", () => {
  expect(
    play(base, [
      [0, good(27)],
      [60, bad],
      [500, bad],
    ]).said,
  ).toEqual([]);
  const standing = play(base, [
    [0, good(27)],
    [200, bad],
    [9_000, bad],
  ]);
  expect(standing.said).toEqual(["120 raised normal>unacknowledged 27"]);
  expect(standing.memory.isInputUnknown).toBe(true);
});

test("a probe that fails now and then rings when it was beyond the limit for the on-delay, gaps not counted", () => {
  const flaky = Array.from({ length: 30 }, (_, i) => [i * 10, i % 2 === 0 ? good(27) : bad] as const);
  expect(play(base, flaky).said).toEqual(["240 raised normal>unacknowledged 27"]);
  const outage = play(base, [
    [0, good(27)],
    [100, bad],
    [9_000, good(27)],
  ]);
  expect(outage.said).toEqual(["9020 raised normal>unacknowledged 27"]);
});

test("an input that is inside again after a gap begins the on-delay anew; so does one that is beyond for the return", () => {
  const inside = [
    [0, good(27)],
    [100, bad],
    [200, good(26.6)],
    [210, good(27)],
  ] as const;
  expect(play(base, inside).said).toEqual(["330 raised normal>unacknowledged 27"]);
  const standing = [
    [0, good(27)],
    [200, good(26)],
    [230, bad],
    [400, good(26)],
    [410, good(27)],
    [500, good(26)],
    [520, bad],
    [600, good(26)],
  ] as const;
  expect(play(base, standing).said.slice(1)).toEqual(["640 returned unacknowledged>returned-unacknowledged 26"]);
});

test("acknowledging never clears; it ends with the condition", () => {
  const { said, memory } = play(base, [
    [0, good(27)],
    [130, { kind: "acknowledge", by: "keeper" }],
    [131, { kind: "acknowledge", by: "keeper" }],
    [400, good(26)],
  ]);
  expect(said.slice(1)).toEqual([
    "130 acknowledged unacknowledged>acknowledged 27",
    "460 returned acknowledged>normal 26",
  ]);
  expect(alarmStateOf(memory)).toBe("normal");
});

test("one that returned before anybody looked waits to be acknowledged", () => {
  const { said } = play(base, [
    [0, good(27)],
    [200, good(26)],
    [500, { kind: "acknowledge", by: "keeper" }],
  ]);
  expect(said.at(-1)).toBe("500 acknowledged returned-unacknowledged>normal 26");
});

test("a latching alarm stays until it is reset, and cannot be reset while its condition stands", () => {
  const { said } = play({ ...base, latching: true }, [
    [0, good(27)],
    [150, { kind: "reset", by: "keeper" }],
    [200, good(26)],
    [300, { kind: "acknowledge", by: "keeper" }],
    [400, { kind: "reset", by: "keeper" }],
  ]);
  expect(said.slice(1)).toEqual([
    "260 returned unacknowledged>latched 26",
    "300 acknowledged latched>latched 26",
    "400 reset latched>normal 26",
  ]);
});

test("shelving ends by itself, and hides the announcement alone", () => {
  const { said } = play(base, [
    [0, { kind: "shelve", forMs: 600_000, by: "keeper" }],
    [10, good(27)],
  ]);
  expect(said).toEqual([
    "0 shelved normal>shelved null",
    "130 raised shelved>shelved 27",
    "600 unshelved shelved>unacknowledged 27",
  ]);
});

test("suppressed and out of service are said when they begin and end, once", () => {
  const { said } = play(base, [
    [0, { kind: "suppress", isOn: true, by: "feed mode" }],
    [1, { kind: "suppress", isOn: true, by: "feed mode" }],
    [2, { kind: "suppress", isOn: false, by: "feed mode" }],
    [3, { kind: "out-of-service", isOn: true, by: "keeper" }],
    [4, { kind: "out-of-service", isOn: true, by: "keeper" }],
    [5, { kind: "out-of-service", isOn: false, by: "keeper" }],
    [6, { kind: "unshelve", by: "keeper" }],
    [7, { kind: "shelve", forMs: 60_000, by: "keeper" }],
    [8, { kind: "unshelve", by: "keeper" }],
    [9, { kind: "reset", by: "keeper" }],
  ]);
  expect(said.map((s) => s.split(" ").slice(1, 3).join(" "))).toEqual([
    "suppressed normal>suppressed",
    "unsuppressed suppressed>normal",
    "out-of-service normal>out-of-service",
    "in-service out-of-service>normal",
    "shelved normal>shelved",
    "unshelved shelved>normal",
  ]);
});

const kinds = ["low-low", "low", "high", "high-high", "stale", "bad-measurement"] as const;
const input: fc.Arbitrary<AlarmInput> = fc.oneof(
  fc.double({ min: 20, max: 32, noNaN: true }).map(good),
  fc.constantFrom<AlarmInput>(
    bad,
    { value: 25, quality: "uncertain", reason: "stale" },
    { value: 25, quality: "uncertain", reason: "rate" },
    { value: null, quality: "bad", reason: "no-reading" },
  ),
);
const order: fc.Arbitrary<AlarmCommand> = fc.constantFrom<AlarmCommand>(
  { kind: "acknowledge", by: "a" },
  { kind: "reset", by: "a" },
  { kind: "shelve", forMs: 90_000, by: "a" },
  { kind: "unshelve", by: "a" },
  { kind: "suppress", isOn: true, by: "a" },
  { kind: "suppress", isOn: false, by: "a" },
  { kind: "out-of-service", isOn: true, by: "a" },
  { kind: "out-of-service", isOn: false, by: "a" },
);

test("whatever happens: raised and returned alternate, each transition starts where the last ended, nothing waits for ever", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.boolean(),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.oneof(input, order)), { maxLength: 60 }),
      (kind, latching, events) => {
        const definition = {
          ...base,
          kind,
          latching,
          setpoint: kind === "stale" || kind === "bad-measurement" ? null : 26,
        };
        let atS = 0;
        const timed = events.map(([afterS, event]) => {
          atS += afterS;
          return [atS, event] as const;
        });
        const { said } = play(definition, timed);
        const turns = said.map((s) => s.split(" ")[1]).filter((t) => t === "raised" || t === "returned");
        expect(turns.every((t, i) => t === (i % 2 === 0 ? "raised" : "returned"))).toBe(true);
        const ends = said.map((s) => (s.split(" ")[2] ?? "").split(">"));
        expect(ends.every(([from], i) => i === 0 || from === ends[i - 1]?.[1])).toBe(true);
      },
    ),
  );
});

test("a timer that rings the last binary digit early is as good as one that rings in time", () => {
  const now = { monotonicMs: 1_000.1, wallMs: 0 };
  const turning = observe(base, QUIET, { signal: signalOf(base, good(27)), now });
  const dueAtMs = nextDueAtMs(base, turning.memory) ?? 0;
  const step = elapse(base, turning.memory, { monotonicMs: dueAtMs - 1e-9, wallMs: 0 });
  expect(step.transitions).toMatchObject([{ transition: "raised" }]);
});
