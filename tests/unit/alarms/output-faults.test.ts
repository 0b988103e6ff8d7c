import { expect, test } from "vitest";
import type { Output } from "#contract/outputs.ts";
import { OutputFaults } from "#main/alarms/sources/output-faults.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { alarm } from "#tests/builders/alarm.ts";
import { channelIdOf } from "#tests/builders/reading.ts";

const DEFINITION = alarm(1, { kind: "output-fault", setpoint: null, channelId: channelIdOf(1) });
const FAULT = { code: "stuck-on", text: "It draws 300 W although it was switched off.", latched: true };

function bench() {
  const clock = new VirtualClock();
  let output = { channelId: channelIdOf(1), confirmation: "confirmed", faults: [] } as unknown as Output;
  let listen: (output: Output) => void = () => undefined;
  const outputs = {
    list: () => [output],
    onChange: (listener: (output: Output) => void) => {
      listen = listener;
      return () => undefined;
    },
  };
  const faults = new OutputFaults(outputs, clock);
  const told: string[] = [];
  const cancel = faults.onChange((subject) => told.push(subject));
  const becomes = (change: object) => {
    output = { ...output, ...change };
    listen(output);
  };
  return { clock, becomes, told, cancel, condition: () => faults.signalOf(DEFINITION)?.condition };
}

test("a latched fault is one at once: it was judged for as long as it needs", () => {
  const { becomes, condition } = bench();
  expect(condition()).toBe("clear");
  becomes({ faults: [FAULT] });
  expect(condition()).toBe("violated");
  becomes({ faults: [] });
  expect(condition()).toBe("clear");
});

test("a fault that ends by itself is one after ten seconds", async () => {
  const { clock, becomes, condition } = bench();
  becomes({ faults: [{ ...FAULT, latched: false }] });
  await clock.advance(9_000);
  expect(condition()).toBe("clear");
  await clock.advance(1_000);
  expect(condition()).toBe("violated");
});

test("what no device confirms is one after ten seconds, and is told then; a plug that is back by then wakes nobody", async () => {
  const { clock, becomes, told, condition, cancel } = bench();
  becomes({ confirmation: "failed" });
  await clock.advance(9_000);
  expect(condition()).toBe("clear");
  becomes({ confirmation: "confirmed" });
  await clock.advance(60_000);
  expect(told).toHaveLength(2);
  becomes({ confirmation: "failed" });
  await clock.advance(10_000);
  expect(condition()).toBe("violated");
  expect(told).toHaveLength(4);
  cancel();
  expect(clock.nextAtMs()).toBeNull();
});
