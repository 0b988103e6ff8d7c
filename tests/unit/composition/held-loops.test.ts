import { expect, test } from "vitest";
import { LoopConfig as Loop, type LoopConfig, type LoopState } from "#contract/loops.ts";
import { HeldLoops } from "#main/composition/held-loops.ts";
import { newId } from "#main/platform/ids.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";

const loop = (fields: object): LoopConfig => Loop.parse({ id: newId(0), name: "Loop", ...fields });
const probe = channelConfig({});
const THERMOSTAT = loop({
  type: "thermostat",
  sensorChannelId: probe.id,
  heaterChannelId: outputChannel("heater").id,
});
const DOSER = loop({ type: "doser", pumpChannelId: outputChannel("doser").id, mlPerDay: 10 });
const TOP_OFF = loop({
  type: "top-off",
  pumpChannelId: outputChannel("top-off").id,
  levelChannelId: probe.id,
  isEnabled: false,
});
const ALL = [THERMOSTAT, DOSER, TOP_OFF];
const RUNNING = { state: "dosing", text: "Doses.", next: { text: "Soon.", at: null } } as unknown as LoopState;

/** Loops whose runtime says of each that it runs. */
function held(isActive: boolean | null) {
  const calls: string[] = [];
  const safeMode = { isActive: () => isActive === true, onChange: () => () => undefined };
  const loops = new HeldLoops({
    runtime: {
      stateOf: () => RUNNING,
      refill: async (id) => void calls.push(`refill ${id}`),
      onStateChange: (listener) => {
        listener(DOSER.id);
        return () => void calls.push("unheard");
      },
    },
    safeMode: isActive === null ? null : safeMode,
  });
  return { loops, calls };
}

test("in safe mode thermostats alone run; the others are held and say so, one that is switched off does not", () => {
  const { loops } = held(true);
  const allowed = loops.allowed(ALL);
  expect(allowed.map(({ isEnabled }) => isEnabled)).toEqual([true, false, false]);
  expect(allowed[0]).toBe(THERMOSTAT);
  expect(loops.stateOf(DOSER.id)).toMatchObject({
    state: "held",
    text: expect.stringContaining("safe mode"),
    next: null,
  });
  expect([THERMOSTAT, TOP_OFF].map(({ id }) => loops.stateOf(id))).toEqual([RUNNING, RUNNING]);
});

test.each([false, null])("out of it (%s) every loop is as it is configured", (isActive) => {
  const { loops } = held(isActive);
  expect(loops.allowed(ALL)).toEqual(ALL);
  expect(loops.stateOf(DOSER.id)).toBe(RUNNING);
});

test("when it is over, what was held is so no longer", () => {
  let isActive = true;
  const { loops } = held(null);
  const ending = new HeldLoops({
    runtime: loops,
    safeMode: { isActive: () => isActive, onChange: () => () => undefined },
  });
  ending.allowed(ALL);
  isActive = false;
  expect(ending.allowed(ALL)).toEqual(ALL);
  expect(ending.stateOf(DOSER.id)).toBe(RUNNING);
});

test("what changes, and a container that is filled, are the runtime's own", () => {
  const { loops, calls } = held(true);
  const heard: string[] = [];
  const cancel = loops.onStateChange((id) => void heard.push(id));
  loops.refill(DOSER.id);
  cancel();
  expect([heard, calls]).toEqual([[DOSER.id], [`refill ${DOSER.id}`, "unheard"]]);
});
