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

test("a second preview beside one that runs is put off, and told for how long", async () => {
  const history = new FakeHistory();
  const whatIf = new WhatIf({
    workerUrl: new URL("data:text/javascript,setInterval(() => undefined, 1000)"),
    configuration: () => configOf({ channels: [PROBE] }),
    refuseUnfit: () => undefined,
    history,
    outputHistory: history,
    clock: new VirtualClock(),
  });
  const span = { fromMs: 0, toMs: 60_000 };
  const first = whatIf.previewAlarm(ALARM, span);
  const second = whatIf.previewAlarm(ALARM, span);
  await expect(second).rejects.toMatchObject({ code: "too-many-requests", context: { retryAfterS: 2 } });
  const end = expect(first).rejects.toMatchObject({ code: "invalid" });
  await whatIf.stop();
  await end;
});
