import { expect, test } from "vitest";
import { UNUSED_ALARM_FIELDS } from "#contract/alarms.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { WhatIf } from "#main/what-if/what-if.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { configOf } from "#tests/builders/configuration.ts";
import { FakeHistory } from "#tests/fakes/fake-history.ts";

const PROBE = channelConfig({ name: "Display" });
const ALARM = {
  name: "Warm",
  channelId: PROBE.id,
  kind: "high",
  setpoint: 27,
  deadband: 0.1,
  onDelayS: 1,
  offDelayS: 1,
  priority: "high",
  latching: false,
  response: "Look at the heater.",
  ...UNUSED_ALARM_FIELDS,
} as const;

const SPAN = { fromMs: 0, toMs: 60_000 };
const NEVER = "setInterval(() => undefined, 1000)";
/** Answers at once, and takes its time to end. */
const AT_ONCE = `import { parentPort } from "node:worker_threads";
parentPort.postMessage({ raised: 0, readings: 0, transitions: [] });
${NEVER}`;

function whatIfWith(program: string): WhatIf {
  const history = new FakeHistory();
  return new WhatIf({
    workerUrl: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    configuration: () => configOf({ channels: [PROBE] }),
    refuseUnfit: () => undefined,
    history,
    outputHistory: history,
    clock: new VirtualClock(),
  });
}

test("a second preview beside one that runs is put off, and told for how long", async () => {
  const whatIf = whatIfWith(NEVER);
  const first = whatIf.previewAlarm(ALARM, SPAN);
  const second = whatIf.previewAlarm(ALARM, SPAN);
  await expect(second).rejects.toMatchObject({ code: "too-many-requests", context: { retryAfterS: 2 } });
  const end = expect(first).rejects.toMatchObject({ code: "invalid" });
  await whatIf.stop();
  await end;
});

test("whoever has his answer may ask for the next preview at once, though the first one's thread still ends", async () => {
  const whatIf = whatIfWith(AT_ONCE);
  for (const _ of [1, 2, 3]) expect(await whatIf.previewAlarm(ALARM, SPAN)).toMatchObject({ raised: 0 });
});
