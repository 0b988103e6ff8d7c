import { expect, test } from "vitest";
import type { Output } from "#contract/outputs.ts";
import { OutputClaim } from "#main/control/output-claim.ts";
import { HEATER, loopConfig } from "#tests/builders/thermostat-bench.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

test("a bug in what it asks is not taken for an output that is not there", () => {
  const bug = (): never => {
    throw new TypeError("a bug");
  };
  const outputs = { request: bug, get: bug as () => Output };
  const claim = new OutputClaim(loopConfig().id, { outputs, channelOf: () => null, log: new RecordingLog() });
  expect(() => claim.outputOf(HEATER.id)).toThrowError("a bug");
  expect(() => claim.release(HEATER.id)).toThrowError("a bug");
});
