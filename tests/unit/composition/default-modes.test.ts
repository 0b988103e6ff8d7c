import { expect, test } from "vitest";
import { ModeConfig } from "#contract/modes.ts";
import { defaultModes } from "#main/composition/default-modes.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { outputChannel } from "#tests/builders/output-channel.ts";

const ROLES = ["return-pump", "skimmer", "heater", "top-off", "circulation", "light", "generic"] as const;
const outputs = ROLES.map((role) => outputChannel(role));
const idOf = (role: (typeof ROLES)[number]) => outputs[ROLES.indexOf(role)]?.id;

test("a tank begins with five modes, each of which reads as one", () => {
  const modes = defaultModes([channelConfig(), ...outputs], 0);
  expect(modes.map(({ kind }) => kind)).toEqual(["feed", "maintenance", "water-change", "vacation", "emergency"]);
  for (const mode of modes) expect(ModeConfig.parse(mode)).toEqual(mode);
});

test("feeding stops return and skimmer and holds off heater and top-off for 15 min; the return comes back first", () => {
  const [feed] = defaultModes([channelConfig(), ...outputs], 0);
  expect(feed).toMatchObject({
    durationS: 900,
    outputs: [
      { channelId: idOf("return-pump"), level: 0, returnsAfterS: 0 },
      { channelId: idOf("skimmer"), level: 0, returnsAfterS: 600 },
      { channelId: idOf("heater"), level: 0, returnsAfterS: 60 },
      { channelId: idOf("top-off"), level: 0, returnsAfterS: 60 },
    ],
  });
});

test("no mode holds a sensor, or an output without a role", () => {
  const held = defaultModes([channelConfig(), ...outputs], 0).flatMap((mode) =>
    mode.outputs.map((o) => o.channelId),
  );
  expect(held).not.toContain(idOf("generic"));
  expect(defaultModes([channelConfig()], 0).every((mode) => mode.outputs.length === 0)).toBe(true);
});
