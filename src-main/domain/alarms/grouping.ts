import type { AlarmDefinition } from "#contract/alarms.ts";

/** An alarm that was just raised, and what is known of why. */
export interface Raise {
  readonly definition: Pick<AlarmDefinition, "kind" | "check">;
  /** Since when what it watches has been so, monotonic ms; null: since before this run. */
  readonly onsetMs: number | null;
  /** The device its channel hangs on, where that cannot be reached now; null: it can, or it has none. */
  readonly lostDevice: string | null;
}

/** What alarms have in common. `isLasting`: who is raised later for the same cause belongs to it as well. */
export interface Cause {
  readonly key: string;
  readonly text: string;
  readonly isLasting: boolean;
}

/** So long after a start what is found wrong was wrong before it. */
const FOUND_AT_START_MS = 30_000;

/** Alarms of a device that is gone: what was read of it, and what it does not confirm. */
const OF_A_DEVICE: readonly AlarmDefinition["kind"][] = ["stale", "bad-measurement", "output-fault"];

/** null: it stands for itself. @param startedAtMs when the program started, monotonic ms; null: it is not known */
export function causeOf({ definition, onsetMs, lostDevice }: Raise, startedAtMs: number | null): Cause | null {
  if (startedAtMs !== null && (onsetMs ?? startedAtMs) <= startedAtMs + FOUND_AT_START_MS) {
    return { key: "start", text: "Found when the controller started", isLasting: false };
  }
  const { kind, check } = definition;
  if (lostDevice !== null && OF_A_DEVICE.includes(kind)) {
    return { key: "devices", text: `${lostDevice} does not answer`, isLasting: true };
  }
  if (kind === "controller" && check === "acquisition") {
    return { key: "devices", text: "Devices do not answer", isLasting: true };
  }
  if (kind === "stale" || kind === "bad-measurement") {
    return { key: "measurement", text: "Several probes failed at once", isLasting: false };
  }
  return null;
}

/** Alarms of measurements wait for their like: probes of one cause are seldom sampled in the same second. */
export function gatherMs(kind: AlarmDefinition["kind"]): number {
  return kind === "stale" || kind === "bad-measurement" ? 15_000 : 2_000;
}

/** The words of one cause that several alarms gave: of several devices each once. */
export function wordsOf(causes: readonly Cause[]): string {
  const texts = [...new Set(causes.map(({ text }) => text))];
  const named = texts.filter((text) => text !== "Devices do not answer");
  const devices = named.filter((text) => text.endsWith(" does not answer"));
  if (devices.length < 2) return named[0] ?? texts[0] ?? "";
  return `${devices.map((text) => text.slice(0, -" does not answer".length)).join(", ")} do not answer`;
}
