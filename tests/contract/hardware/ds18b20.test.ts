import { mkdir } from "node:fs/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { ds18b20Driver } from "#main/hardware/drivers/ds18b20/driver.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { realBuses } from "#tests/real-buses.ts";
import { scratchpadAt, W1Tree, w1SlaveText } from "#tests/w1-tree.ts";
import { driverContract } from "./driver-contract.ts";

const ROM_ID = "28-00000a1b2c3d";
const live = new AbortController().signal;
const buses = realBuses();
const context = { clock: new RealClock(), log: SILENT_LOG, buses };
afterAll(() => buses.stop());

driverContract({
  name: "ds18b20",
  make: async () => {
    const tree = await W1Tree.lay();
    await tree.addSlave(ROM_ID);
    return {
      definition: ds18b20Driver,
      params: { romId: ROM_ID, root: tree.root },
      context,
      dispose: () => tree.remove(),
    };
  },
});

describe("a DS18B20 on a tree laid out as the kernel does", () => {
  let tree: W1Tree;
  beforeEach(async () => {
    tree = await W1Tree.lay();
  });
  afterEach(() => tree.remove());

  const on = (params: { readonly romId?: string; readonly resolutionBits?: number } = {}) =>
    ds18b20Driver.create(ds18b20Driver.params.parse({ romId: ROM_ID, root: tree.root, ...params }), context);
  const sampled = async (driver: ReturnType<typeof on>) =>
    (await driver.sample(["temperature"], live)).get("temperature");

  test("sets its resolution at first contact", async () => {
    await tree.addSlave(ROM_ID);
    const driver = on({ resolutionBits: 10 });
    await driver.open(live);
    const address = { root: tree.root, romId: ROM_ID, file: "resolution" };
    expect(await buses.oneWire.readSlave(address, live)).toBe("10");
  });

  test("takes a probe that refuses its resolution as it is", async () => {
    await tree.addSlave(ROM_ID, { without: ["resolution"] });
    await mkdir(tree.pathOf(ROM_ID, "resolution"));
    const driver = on({ resolutionBits: 9 });
    await driver.open(live);
    expect(await sampled(driver)).toEqual({ value: 25.5 });
  });

  test("follows the temperature, and tells a garbled and a powerless probe apart", async () => {
    await tree.addSlave(ROM_ID, { celsius: 25.5 });
    const driver = on();
    await driver.open(live);
    expect(await sampled(driver)).toEqual({ value: 25.5 });
    await tree.write(ROM_ID, "w1_slave", w1SlaveText(scratchpadAt(26.0625), 26_062));
    expect(await sampled(driver)).toEqual({ value: 26.0625 });
    await tree.write(ROM_ID, "w1_slave", w1SlaveText(scratchpadAt(26), 26_000).replace("YES", "NO"));
    expect(await sampled(driver)).toMatchObject({ fault: "comm" });
    const powerOn = [0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10];
    await tree.write(ROM_ID, "w1_slave", w1SlaveText(powerOn, 85_000));
    expect(await sampled(driver)).toMatchObject({ fault: "fault" });
    await tree.write(ROM_ID, "w1_slave", "");
    await expect(sampled(driver)).rejects.toMatchObject({ code: "bus-io" });
  });

  test("reads the temperature file of a kernel without w1_slave, and a DS18S20 without a resolution", async () => {
    await tree.addSlave(ROM_ID, { celsius: 24.75, without: ["w1_slave"] });
    await tree.addSlave("10-000802b5a3c1", { without: ["resolution"] });
    const driver = on();
    await driver.open(live);
    expect(await sampled(driver)).toEqual({ value: 24.75 });
    const old = [0x33, 0x00, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x10];
    await tree.write("10-000802b5a3c1", "w1_slave", w1SlaveText(old, 25_000));
    const s20 = on({ romId: "10-000802b5a3c1" });
    await s20.open(live);
    expect(await sampled(s20)).toEqual({ value: 25 });
  });

  test("a slave that is not there, or goes away, cannot be reached", async () => {
    await expect(on().open(live)).rejects.toMatchObject({ code: "device-unreachable" });
    await tree.addSlave(ROM_ID);
    const driver = on();
    await driver.open(live);
    await tree.removeSlave(ROM_ID);
    await expect(sampled(driver)).rejects.toMatchObject({ code: "device-unreachable" });
  });

  test("a hung slave ends with its caller's limit, and its neighbour answers meanwhile", async () => {
    await tree.addSlave(ROM_ID);
    await tree.addSlave("28-00000b1b2c3d", { celsius: 23 });
    const [driver, neighbour] = [on(), on({ romId: "28-00000b1b2c3d" })];
    await driver.open(live);
    await tree.hang(ROM_ID, "w1_slave");
    const limit = new AbortController();
    const hung = driver.sample(["temperature"], limit.signal);
    expect(await sampled(neighbour)).toEqual({ value: 23 });
    limit.abort();
    await expect(hung).rejects.toMatchObject({ code: "bus-timeout" });
  });

  test("takes no address that could lead elsewhere", () => {
    for (const params of [
      { romId: "../../etc" },
      { romId: "05-000802b5a3c1" },
      { romId: ROM_ID, root: "/sys/../etc" },
      { romId: ROM_ID, resolutionBits: 13 },
    ]) {
      expect(ds18b20Driver.params.safeParse(params).success).toBe(false);
    }
    expect(ds18b20Driver.addressOf(ds18b20Driver.params.parse({ romId: ROM_ID }))).toBe(ROM_ID);
  });
});
