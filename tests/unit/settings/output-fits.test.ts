import { expect, test } from "vitest";
import type { ChannelConfig } from "#contract/channels.ts";
import { type Equipment, Permissive } from "#contract/guards.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { newId } from "#main/platform/ids.ts";
import { outputsUsing } from "#main/settings/channel-users.ts";
import { refuseMisnamed } from "#main/settings/output-fits.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { configurationOf } from "#tests/builders/stored-configuration.ts";

const PROBE = channelConfig({ name: "Probe" });
const METER = channelConfig({ name: "Meter", quantity: "power", role: "generic" });
const PUMP = outputChannel("return-pump", { name: "Return" });
const settings = defaultOutputSettings("heater");

function heater(equipment: Partial<Equipment>, permissives: readonly object[] = []): ChannelConfig {
  const given = permissives.map((one) => Permissive.parse(one));
  const output = { ...settings, equipment: { ...settings.equipment, ...equipment }, permissives: given };
  return { ...outputChannel("heater", { name: "Heater" }), output };
}

const within = (channel: ChannelConfig) => configurationOf([], [PROBE, METER, PUMP, channel]);

test("conditions and meters that name what fits are taken", () => {
  const fits = heater({ powerChannelId: METER.id, masterChannelId: PUMP.id }, [
    { kind: "sensor", channelId: PROBE.id, min: 20 },
    { kind: "output-on", channelId: PUMP.id, forS: 60 },
    { kind: "no-mode", modes: ["feed"] },
  ]);
  expect(() => refuseMisnamed(fits, within(fits))).not.toThrow();
});

test("a thermometer is no power meter, a sensor no outlet, and nothing hangs on itself or on what is not there", () => {
  const nobody = newId(0);
  const wrong = heater({ powerChannelId: PROBE.id, masterChannelId: METER.id }, [
    { kind: "sensor", channelId: PUMP.id, min: 1 },
    { kind: "output-off", channelId: nobody },
  ]);
  const itself = {
    ...wrong,
    output: { ...settings, equipment: { ...settings.equipment, masterChannelId: wrong.id } },
  };
  expect(() => refuseMisnamed(wrong, within(wrong))).toThrow(
    expect.objectContaining({
      code: "invalid",
      details: [
        { field: "permissives.0.channelId", message: "must be a sensor" },
        { field: "permissives.1.channelId", message: "there is no such channel" },
        { field: "equipment.powerChannelId", message: "must be a sensor that measures power" },
        { field: "equipment.masterChannelId", message: "must be an output" },
      ],
    }),
  );
  expect(() => refuseMisnamed(itself, within(itself))).toThrow(
    expect.objectContaining({ details: [{ field: "equipment.masterChannelId", message: "is itself" }] }),
  );
});

test("who is measured by a channel, hangs on it or has a condition on it is named as its user", () => {
  const user = heater({ powerChannelId: METER.id }, [{ kind: "output-on", channelId: PUMP.id }]);
  for (const id of [METER.id, PUMP.id]) {
    expect(outputsUsing([id], within(user))).toEqual([{ kind: "output", id: user.id, name: "Heater" }]);
  }
  expect(outputsUsing([PROBE.id], within(user))).toEqual([]);
});
