import { expect, test } from "vitest";
import type { CheckStatus, Health } from "#contract/system.ts";
import { watchHealth } from "#main/electron/health-watch.ts";
import type { DesktopMessage } from "#main/electron/notifier.ts";
import { wordsFor } from "#main/electron/words.ts";
import { health } from "#tests/builders/api-things.ts";
import { FakeSystem } from "#tests/fakes/fake-system.ts";

function become(status: CheckStatus): Health {
  const well = health();
  const database = { ...well.checks.database, status, detail: "The database is away." };
  return { ...well, status, checks: { ...well.checks, database } };
}

function watched() {
  const system = new FakeSystem();
  const told: DesktopMessage[] = [];
  const cancel = watchHealth(system, { notify: (message) => void told.push(message) }, wordsFor("en-US"));
  return { system, told, cancel };
}

test("the desktop hears once that the controller fails, with the reason, and once that it is well again", () => {
  const { system, told } = watched();
  for (const status of ["degraded", "failing", "failing", "degraded", "ok", "ok"] as const)
    system.become(become(status));
  expect(told).toEqual([
    { title: "Bella's Reef needs you", body: "The database is away.", isUrgent: true },
    { title: "Bella's Reef is well again", body: "Every check is as it should be.", isUrgent: false },
  ]);
});

test("what is degraded alone disturbs nobody, and a watch that ended hears nothing", () => {
  const { system, told, cancel } = watched();
  system.become(become("degraded"));
  system.become(become("ok"));
  cancel();
  system.become(become("failing"));
  expect(told).toEqual([]);
});

test("the desktop's language is spoken where we know it, else English", () => {
  expect(wordsFor("de-AT").cancel).toBe("Abbrechen");
  expect(wordsFor("fr").cancel).toBe("Cancel");
});
