import { FileBusProcess } from "#main/hardware/buses/file-bus-process.ts";
import type { Buses } from "#main/hardware/ports.ts";
import { RealClock } from "#main/platform/clock.ts";
import { SILENT_LOG } from "#main/platform/logger.ts";

const CHILD_URL = new URL("../../src-main/hardware/buses/file-bus-child.ts", import.meta.url);

/** The real file buses, on a child process of their own. */
export function realBuses(): Buses & { readonly stop: () => Promise<void> } {
  const bus = new FileBusProcess({
    childUrl: CHILD_URL,
    execPath: process.execPath,
    clock: new RealClock(),
    log: SILENT_LOG,
  });
  return { oneWire: bus, files: bus, stop: () => bus.stop() };
}
