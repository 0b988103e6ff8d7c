import type { DeviceTestResult } from "#contract/devices.ts";
import { messageOf } from "#contract/errors.ts";
import type { DeviceDriver, Sample } from "../hardware/ports.ts";
import type { Clock } from "../platform/ports.ts";
import { withTimeLimit } from "../platform/timing.ts";

const OPEN_LIMIT_MS = 5_000;

/** One live check: first contact, then every sensor channel once. Nothing is published and nothing is driven. */
export async function testDriver(
  clock: Clock,
  driver: DeviceDriver,
  { isOpen }: { readonly isOpen: boolean },
): Promise<DeviceTestResult> {
  const startedMs = clock.monotonicMs();
  const result = (ok: boolean, detail: string): DeviceTestResult => ({
    ok,
    detail,
    latencyMs: Math.max(0, clock.monotonicMs() - startedMs),
  });
  try {
    const specs = await withTimeLimit(clock, { limitMs: OPEN_LIMIT_MS, what: "The device" }, (signal) =>
      driver.open(signal),
    );
    const keys = specs.filter((s) => s.kind === "sensor").map((s) => s.key);
    if (keys.length === 0) return result(true, isOpen ? "The device answers." : "The device answered.");
    const samples = await withTimeLimit(clock, { limitMs: driver.timeoutMs, what: "The device" }, (signal) =>
      driver.sample(keys, signal),
    );
    const faults = keys.flatMap((key) => faultOf(key, samples.get(key)));
    if (faults.length === 0) return result(true, `${keys.length} of ${keys.length} channels answer.`);
    return result(false, `${faults.length} of ${keys.length} channels do not answer: ${faults.join("; ")}.`);
  } catch (error) {
    return result(false, messageOf(error));
  }
}

function faultOf(key: string, sample: Sample | undefined): string[] {
  if (sample === undefined) return [`${key}: no answer`];
  return "fault" in sample ? [`${key}: ${sample.message}`] : [];
}
