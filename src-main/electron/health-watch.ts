import type { CheckStatus, Health } from "#contract/system.ts";
import type { SystemService } from "../api/context.ts";
import type { Cancel } from "../platform/ports.ts";
import type { DesktopNotifier } from "./notifier.ts";
import type { Words } from "./words.ts";

/** Tells the desktop when the controller begins to fail, and when it is well again: once each. */
export function watchHealth(
  system: Pick<SystemService, "health" | "onHealthChange">,
  notifier: DesktopNotifier,
  words: Words,
): Cancel {
  let hasTold = false;
  const look = (health: Health) => {
    if (health.status === "failing" && !hasTold) {
      hasTold = true;
      notifier.notify({ title: words.failingTitle, body: faultsOf(health, "failing"), isUrgent: true });
    } else if (health.status === "ok" && hasTold) {
      hasTold = false;
      notifier.notify({ title: words.wellTitle, body: words.wellText, isUrgent: false });
    }
  };
  look(system.health());
  return system.onHealthChange(look);
}

function faultsOf(health: Health, status: CheckStatus): string {
  return Object.values(health.checks)
    .filter((check) => check.status === status)
    .map((check) => check.detail)
    .join(" ");
}
