import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeTemperatureFile, decodeW1Slave } from "#main/hardware/drivers/ds18b20/codec.ts";
import { crc8 } from "#main/hardware/drivers/ds18b20/crc8.ts";
import { scratchpadAt, w1SlaveText } from "#tests/w1-tree.ts";

const B20 = "28-00000a1b2c3d";
const S20 = "10-000802b5a3c1";
const decoded = (data: readonly number[], romId = B20) => decodeW1Slave(w1SlaveText(data, 0), romId);

describe("the 1-wire CRC", () => {
  test("agrees with the datasheets' and the kernel's own examples", () => {
    expect(crc8([0x02, 0x1c, 0xb8, 0x01, 0x00, 0x00, 0x00])).toBe(0xa2);
    expect(crc8([0x72, 0x01, 0x4b, 0x46, 0x7f, 0xff, 0x0e, 0x10])).toBe(0x57);
    expect(crc8([])).toBe(0);
  });
});

describe("a DS18B20 answer", () => {
  test.each([
    [0x07, 0xd0, 125],
    [0x01, 0x91, 25.0625],
    [0x00, 0xa2, 10.125],
    [0x00, 0x08, 0.5],
    [0x00, 0x00, 0],
    [0xff, 0xf8, -0.5],
    [0xff, 0x5e, -10.125],
    [0xfe, 0x6f, -25.0625],
    [0xfc, 0x90, -55],
  ])("decodes the datasheet's table 1: %i %i is %f °C", (high, low, value) => {
    expect(decoded([low, high, 0x4b, 0x46, 0x7f, 0xff, 0x10 - (low & 15), 0x10])).toEqual({ value });
  });

  test("decodes the kernel's documented text", () => {
    const text = "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=23125\n";
    expect(decodeW1Slave(text, B20)).toEqual({ value: 23.125 });
  });

  test("drops the bits that a lower resolution leaves undefined", () => {
    const at = (bits: number) => [0x9f, 0x01, 0x4b, 0x46, 0x1f | ((bits - 9) << 5), 0xff, 0x01, 0x10];
    expect([9, 10, 11, 12].map((bits) => decoded(at(bits)))).toEqual([
      { value: 25.5 },
      { value: 25.75 },
      { value: 25.875 },
      { value: 25.9375 },
    ]);
  });

  test("85 °C after power-on is a fault by its signature; a measured 85 °C is not", () => {
    expect(decoded([0x50, 0x05, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10])).toMatchObject({ fault: "fault" });
    expect(decoded(scratchpadAt(85))).toEqual({ value: 85 });
  });

  test.each([
    ["127.94 °C", [0xff, 0x07, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10], B20, /supply/],
    ["all zeros, whose CRC holds", [0, 0, 0, 0, 0, 0, 0, 0], B20, /shorted/],
    ["-127 °C", scratchpadAt(-127), B20, /cannot measure/],
    ["126 °C", scratchpadAt(126), B20, /cannot measure/],
    ["a MAX31850's", [0x90, 0x01, 0, 0, 0xf0, 0xff, 0xff, 0xff], "3b-00000a1b2c3d", /thermocouple/],
  ])("%s is a fault", (_, data, romId, words) => {
    expect(decoded(data, romId)).toMatchObject({ fault: "fault", message: words });
  });

  test("a failed CRC is comm, whether the kernel saw it or we", () => {
    const good = w1SlaveText(scratchpadAt(25.5), 25_500);
    expect(decodeW1Slave(good.replace("YES", "NO"), B20)).toMatchObject({ fault: "comm" });
    expect(decodeW1Slave(good.replace(/^98/, "99"), B20)).toMatchObject({ fault: "comm" });
    const ones = `${"ff ".repeat(9)}: crc=c9 NO\n${"ff ".repeat(9)}t=-62\n`;
    expect(decodeW1Slave(ones, B20)).toMatchObject({ fault: "comm" });
  });

  test.each(["", "\n", "t=25000\n", "72 01 4b : crc=57 YES\n"])("%j is no answer", (text) => {
    expect(() => decodeW1Slave(text, B20)).toThrow(expect.objectContaining({ code: "bus-io" }));
  });

  test("every temperature it can measure comes back to its last bit, and no single flipped bit becomes a value", () => {
    fc.assert(
      fc.property(fc.integer({ min: -880, max: 2_000 }), fc.nat(71), (raw, bit) => {
        const text = w1SlaveText(scratchpadAt(raw / 16), 0);
        expect(decodeW1Slave(text, B20)).toEqual({ value: raw / 16 });
        const bytes = text
          .slice(0, 26)
          .split(" ")
          .map((byte) => Number.parseInt(byte, 16));
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const garbled = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
        expect(decodeW1Slave(`${garbled}${text.slice(26)}`, B20)).toMatchObject({ fault: "comm" });
      }),
    );
  });
});

describe("a DS18S20 answer", () => {
  test.each([
    [[0x32, 0x00, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x10], 25],
    [[0x33, 0x00, 0x4b, 0x46, 0xff, 0xff, 0x05, 0x10], 25.4375],
    [[0xff, 0xff, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x10], -1],
    [[0x92, 0xff, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x10], -55],
    [[0x33, 0x00, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x00], 25.5],
  ])("uses the count remain: %j is %f °C", (data, value) => {
    expect(decoded(data, S20)).toEqual({ value });
  });

  test("after power-on it is a fault", () => {
    expect(decoded([0xaa, 0x00, 0x4b, 0x46, 0xff, 0xff, 0x0c, 0x10], S20)).toMatchObject({ fault: "fault" });
  });
});

describe("the temperature file", () => {
  test("is read where there is no scratchpad", () => {
    expect(decodeTemperatureFile("25062\n", B20)).toEqual({ value: 25.062 });
    expect(decodeTemperatureFile("-500", B20)).toEqual({ value: -0.5 });
    expect(decodeTemperatureFile("127937\n", B20)).toMatchObject({ fault: "fault" });
    expect(decodeTemperatureFile("-127000\n", B20)).toMatchObject({ fault: "fault" });
    for (const text of ["", "nan", "25.5"]) {
      expect(() => decodeTemperatureFile(text, B20)).toThrow(expect.objectContaining({ code: "bus-io" }));
    }
  });
});
