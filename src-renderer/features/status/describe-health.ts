import type { CheckStatus, Health, HealthCheckName } from "#contract/system.ts";
import type { HealthView } from "./use-health.ts";

export const CHECK_TITLES: Record<HealthCheckName, string> = {
  database: "Database",
  acquisition: "Measuring",
  outputs: "Outputs",
  clock: "Clock",
  disk: "Disk",
  localStore: "Local store",
};

export const STATUS_WORDS: Record<CheckStatus, string> = {
  ok: "Well",
  degraded: "Wants a look",
  failing: "Failing",
};

/** The page in one true sentence. */
export function headlineFrom({ last, silence }: HealthView): string {
  if (silence !== null) return "The core does not answer.";
  if (last === null) return "Asking the core how it is …";
  const { checks, status } = last.health;
  const unwell = Object.values(checks).filter((check) => check.status !== "ok").length;
  if (status === "ok") return "The core answers. All its checks are well.";
  const subject = unwell === 1 ? "One of its checks wants" : `${unwell} of its checks want`;
  return status === "failing"
    ? "The core answers, and says that it is failing."
    : `The core answers. ${subject} a look.`;
}

/** What stands under the headline: how old the shown answer is, and why when it is not new. */
export function freshnessFrom({ last, silence, nowMs }: HealthView): string {
  if (last === null)
    return silence === null ? "No answer yet." : `${silence} It has not answered since this page was opened.`;
  const age = ageFrom(nowMs - last.receivedAtMs);
  return silence === null
    ? `Answered ${age}.`
    : `${silence} Its last answer came ${age} and is no longer current.`;
}

/** @param durationMs negative when the browser's clock was set back: then it is "just now" */
export function ageFrom(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1_000);
  if (seconds < 2) return "just now";
  if (seconds < 120) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`;
}

/** @returns the checks in the order the contract lists them */
export function checksFrom(
  health: Health,
): { name: HealthCheckName; title: string; check: Health["checks"][HealthCheckName] }[] {
  return (Object.keys(CHECK_TITLES) as HealthCheckName[]).map((name) => ({
    name,
    title: CHECK_TITLES[name],
    check: health.checks[name],
  }));
}
