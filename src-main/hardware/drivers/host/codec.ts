import { ReefFault } from "#contract/errors.ts";

/**
 * Decodes a thermal zone's `temp` file: whole millidegrees (Linux, Documentation/ABI/testing/sysfs-class-thermal).
 * @returns °C @throws ReefFault bus-io
 */
export function cpuTemperatureFrom(text: string): number {
  if (!/^-?\d+\s*$/.test(text)) {
    throw new ReefFault("bus-io", "The CPU's thermal zone answered without a temperature: check thermalZonePath.");
  }
  return Number(text) / 1_000;
}
