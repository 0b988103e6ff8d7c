import { expect, test } from "vitest";
import type { AlarmDefinition } from "#contract/alarms.ts";
import { AlarmId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { AlarmEngine } from "#main/alarms/alarm-engine.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { alarm } from "#tests/builders/alarm.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const channelId = channelIdOf(1);
const high = alarm(1, { name: "Display high" });

function engineWith(definitions: readonly AlarmDefinition[]) {
  const clock = new VirtualClock();
  const readings = new ReadingsBus({ log: SILENT_LOG, clock });
  const engine = new AlarmEngine({ readings, clock });
  const said: string[] = [];
  engine.start();
  engine.configure(definitions);
  engine.onTransition((t, definition) =>
    said.push(`${clock.monotonicMs() / 1_000} ${definition.name} ${t.transition}`),
  );
  const say = (value: number) =>
    readings.publish({
      channelId,
      takenAtMs: clock.nowMs(),
      value,
      quality: "good",
      reason: null,
      raw: value,
      coversS: 1,
    } satisfies Reading);
  return { clock, engine, said, say };
}

test("it rings when the on-delay is over, without another reading", async () => {
  const { clock, engine, said, say } = engineWith([high]);
  say(27);
  await clock.advance(119_999);
  expect(engine.standing()).toEqual([]);
  await clock.advance(1);
  expect(said).toEqual(["120 Display high raised"]);
  expect(engine.standing()).toEqual([{ definition: high, state: "unacknowledged" }]);
  expect(await engine.command(high.id, { kind: "acknowledge", by: "keeper" })).toBe("acknowledged");
});

test("a new configuration keeps what is known of alarms that judge as before, and ends the others", async () => {
  const { clock, engine, said, say } = engineWith([high]);
  say(27);
  await clock.advance(60_000);
  engine.configure([{ ...high }]);
  await clock.advance(60_000);
  expect(said).toEqual(["120 Display high raised"]);
  const moved = { ...high, setpoint: 28 };
  engine.configure([moved]);
  expect(engine.standing()).toEqual([{ definition: moved, state: "unacknowledged" }]);
  say(27);
  await clock.advance(60_000);
  expect(said.at(-1)).toBe("180 Display high returned");
  say(29);
  await clock.advance(120_000);
  engine.configure([]);
  expect(said.slice(2)).toEqual(["300 Display high raised", "300 Display high returned"]);
  await clock.advance(60_000);
  expect(said).toHaveLength(4);
  await expect(engine.command(high.id, { kind: "reset", by: "x" })).rejects.toMatchObject({ code: "not-found" });
});

test("stopped, it hears nothing and no timer of it is left", async () => {
  const { clock, engine, said, say } = engineWith([high]);
  say(27);
  await engine.stop();
  say(27);
  await clock.advance(1_000_000);
  expect(said).toEqual([]);
});

test("while a mode keeps its kind quiet an alarm announces nothing, and goes on watching", async () => {
  const highHigh = {
    ...high,
    id: AlarmId.parse("01890000-0000-7000-8000-000000000009"),
    kind: "high-high" as const,
  };
  const { clock, engine, said, say } = engineWith([high, highHigh]);
  engine.keepQuiet(["high"], "Feed");
  engine.keepQuiet(["high"], "Feed");
  expect(engine.standing()).toEqual([{ definition: high, state: "suppressed" }]);
  say(27);
  await clock.advance(120_000);
  expect(said).toContain("120 Display high raised");
  expect(engine.standing().map(({ state }) => state)).toEqual(["suppressed", "unacknowledged"]);
  engine.configure([{ ...high, onDelayS: 60 }, highHigh]);
  expect(engine.standing()).toMatchObject([{ state: "suppressed" }, { state: "unacknowledged" }]);
  engine.keepQuiet([], "mode over");
  expect(said.at(-1)).toBe("120 Display high unsuppressed");
  expect(engine.standing().map(({ state }) => state)).toEqual(["unacknowledged", "unacknowledged"]);
});

test("what a person suppressed stays so when a mode ends", async () => {
  const { engine } = engineWith([high]);
  await engine.command(high.id, { kind: "suppress", isOn: true, by: "bella" });
  engine.keepQuiet(["high"], "Feed");
  engine.keepQuiet([], "mode over");
  expect(engine.standing()).toMatchObject([{ state: "suppressed" }]);
});
