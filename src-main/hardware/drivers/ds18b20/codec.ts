import { ReefFault } from "#contract/errors.ts";
import type { Sample } from "../../ports.ts";
import { crc8 } from "./crc8.ts";

/** The nine bytes a thermometer answers to Read Scratchpad (0xBE), CRC last (datasheet figure 8). */
type Scratchpad = readonly number[];

const FIRST_LINE = /^((?:[0-9a-f]{2} ){9}): crc=[0-9a-f]{2} (YES|NO)/i;
const LOWEST_C = -55;
const HIGHEST_C = 125;
/** Raw temperature after power-on, and reserved byte 6 until the first conversion (as in the kernel's w1_therm features bit 1). */
const POWER_ON_RAW = 0x0550;
const POWER_ON_S20_RAW = 0x00aa;
const UNCONVERTED = 0x0c;
const UNDERPOWERED_RAW = 0x07ff;

const POWER_ON: Sample = {
  fault: "fault",
  message: "The thermometer lost power and has not converted since; check its wiring",
};
const UNDERPOWERED: Sample = {
  fault: "fault",
  message: "The thermometer's supply breaks down while it converts; check its power and pull-up",
};
const SHORTED: Sample = {
  fault: "fault",
  message: "The thermometer answers zeros only; the data line is shorted to ground",
};
const GARBLED: Sample = {
  fault: "comm",
  message: "The thermometer's answer failed its CRC; check cable length and pull-up",
};
const THERMOCOUPLE: Sample = {
  fault: "fault",
  message: "The slave is a MAX31850 thermocouple, which this driver does not read",
};
const OUTSIDE: Sample = {
  fault: "fault",
  message: "The thermometer answers a temperature it cannot measure; check its wiring",
};

/**
 * Decodes the kernel's two-line `w1_slave`. The first line is what the slave just said; the second may be an older answer.
 * @param romId its family code decides the layout
 * @returns °C, or why there is none
 * @throws ReefFault bus-io where the text is not of that form (empty: the kernel could not reach the slave)
 */
export function decodeW1Slave(text: string, romId: string): Sample {
  const [, hex, verdict] = FIRST_LINE.exec(text) ?? [];
  if (hex === undefined) {
    throw new ReefFault("bus-io", `The 1-wire slave ${romId} gave no scratchpad; check its wiring`, {
      context: { romId },
    });
  }
  const scratchpad = hex
    .trim()
    .split(" ")
    .map((byte) => Number.parseInt(byte, 16));
  if (scratchpad.every((byte) => byte === 0)) return SHORTED;
  if (verdict === "NO" || crc8(scratchpad) !== 0) return GARBLED;
  return decodeScratchpad(scratchpad, romId.slice(0, 2));
}

/**
 * Decodes the kernel's `temperature` file: m°C, without a signature that would tell a power-on value from a real 85 °C.
 * @throws ReefFault bus-io where the text is no integer
 */
export function decodeTemperatureFile(text: string, romId: string): Sample {
  const milliC = /^(-?\d+)\s*$/.exec(text)?.[1];
  if (milliC === undefined) {
    throw new ReefFault("bus-io", `The 1-wire slave ${romId} gave no temperature; check its wiring`, {
      context: { romId },
    });
  }
  // 127.9375 °C as the kernel truncates it.
  return milliC === "127937" ? UNDERPOWERED : measured(Number(milliC) / 1_000);
}

function decodeScratchpad(scratchpad: Scratchpad, family: string): Sample {
  const [low = 0, high = 0, , , config = 0, , reserved = 0, countPerC = 0] = scratchpad;
  const raw = low | (high << 8);
  if (family === "10") return decodeS20({ raw, countRemain: reserved, countPerC });
  if (raw === UNDERPOWERED_RAW) return UNDERPOWERED;
  if (raw === POWER_ON_RAW && reserved === UNCONVERTED) return POWER_ON;
  if (family === "3b" && (config & 0x80) !== 0) return THERMOCOUPLE;
  // R1 R0 of the configuration register (datasheet table 2); at 9 to 11 bits the lowest bits are undefined.
  const undefinedBits = 3 - ((config >> 5) & 3);
  return measured((signed16(raw) & ~((1 << undefinedBits) - 1)) / 16);
}

/**
 * TEMPERATURE = TEMP_READ - 0.25 + (COUNT_PER_C - COUNT_REMAIN) / COUNT_PER_C (DS18S20 datasheet, "extended resolution"),
 * TEMP_READ being the register without its half degree.
 */
function decodeS20(s20: {
  readonly raw: number;
  readonly countRemain: number;
  readonly countPerC: number;
}): Sample {
  // A DS18S20 that truly is at 85.0 °C says the very same; no aquarium is.
  if (s20.raw === POWER_ON_S20_RAW && s20.countRemain === UNCONVERTED) return POWER_ON;
  if (s20.countPerC === 0) return measured(signed16(s20.raw) / 2);
  return measured((signed16(s20.raw) >> 1) - 0.25 + (s20.countPerC - s20.countRemain) / s20.countPerC);
}

function measured(value: number): Sample {
  return value >= LOWEST_C && value <= HIGHEST_C ? { value } : OUTSIDE;
}

function signed16(raw: number): number {
  return (raw << 16) >> 16;
}
