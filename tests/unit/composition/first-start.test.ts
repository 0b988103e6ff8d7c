import { expect, test } from "vitest";
import { hardwareFor } from "#main/composition/first-start.ts";
import { NOTHING_CONFIGURED } from "#main/settings/configuration-keeper.ts";
import { probeDevice, VirtualTank } from "#tests/virtual-tank.ts";

const configured = {
  ...NOTHING_CONFIGURED,
  revision: 3,
  hardware: "simulated",
  devices: [probeDevice(1).device],
} as const;

test("the kind of hardware is decided at first start and kept", async () => {
  expect(await hardwareFor("none", NOTHING_CONFIGURED)).toBe("none");
  expect(["pi", "simulated"]).toContain(await hardwareFor("auto", NOTHING_CONFIGURED));
  expect(await hardwareFor("auto", configured)).toBe("simulated");
  expect(await hardwareFor("simulated", configured)).toBe("simulated");
});

test("another kind than the data was set up for is refused; where nothing is set up yet it is not", async () => {
  await expect(hardwareFor("pi", configured)).rejects.toMatchObject({ code: "bad-setting" });
  expect(await hardwareFor("pi", { ...configured, devices: [] })).toBe("pi");
});

test("an enabled device no driver can be built for is offline with its reason, and the others run", async () => {
  const tank = new VirtualTank();
  await tank.start();
  const [demo] = tank.configuration.devices;
  if (demo === undefined) throw new Error("no device");
  const broken = { ...probeDevice(5).device, type: "of-the-future" };
  tank.apply({ ...tank.configuration, devices: [demo, broken] });
  await tank.clock.advance(1_000);
  expect(tank.tank.devices.status(broken.id)).toMatchObject({
    state: "offline",
    lastError: expect.stringContaining("of-the-future"),
  });
  expect(tank.tank.devices.status(demo.id)).toMatchObject({ state: "online" });
  await tank.stop();
});
