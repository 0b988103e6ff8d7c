import { expect, test } from "vitest";
import type { AlarmStatistics } from "#contract/alarms.ts";
import { instantFrom } from "#contract/time.ts";
import { type AlarmMonth, type Message, playAlarmMonth } from "#main/simulate-cli/month/alarm-month.ts";
import type { Incident } from "#main/simulate-cli/month/incidents.ts";
import { monthTable } from "#main/simulate-cli/month/month-table.ts";

const HOUR_MS = 3_600_000;
/** Water on the floor until twenty minutes after somebody has acknowledged. */
const LEAK: Incident = {
  name: "leak",
  fault: "leak",
  key: null,
  strikesAtMs: HOUR_MS,
  repairTakesMs: HOUR_MS / 3,
  about: ["leak", "top-off", "sump-level", "sump-float", "return-pump", "return-flow", "Top-off", "Return flow"],
};

test("a leak by day is told within a minute, answered, mended and over, and its keeper hears of nothing else", async () => {
  const startMs = Date.UTC(2026, 0, 15, 9);
  const month = await playAlarmMonth({ days: 2.5 / 24, seed: 1, startMs, incidents: [LEAK] });
  expect(month.messages.filter(({ incident }) => incident === null)).toEqual([]);
  expect(month.incidents[0]?.toldAfterS).toBeLessThan(60);
  expect(month.messages[0]).toMatchObject({ kind: "raised", priority: "critical" });
  expect(month.messages.at(-1)).toMatchObject({ kind: "returned" });
  expect(month.statistics.medianAcknowledgeS).toBeLessThan(16 * 60);
  expect(month.statistics.byPriority.critical).toBeGreaterThan(0);
}, 240_000);

const figures: AlarmStatistics = {
  from: instantFrom(0),
  to: instantFrom(10 * 24 * HOUR_MS),
  raised: 3,
  perDay: 0.3,
  byPriority: { critical: 1, high: 1, medium: 1, low: 0 },
  standing: [],
  chattering: [],
  floods: [],
  medianAcknowledgeS: 600,
  most: [],
  days: [],
};
const message = (changes: Partial<Message>): Message => ({
  atS: 0,
  kind: "raised",
  priority: "high",
  names: ["Leak high-high"],
  incident: "leak",
  ...changes,
});

test("the table counts what belongs to each incident, and names what belongs to none", () => {
  const month: AlarmMonth = {
    days: 10,
    seed: 7,
    incidents: [
      { name: "leak", toldAfterS: 12 },
      { name: "fire", toldAfterS: null },
    ],
    messages: [
      message({}),
      message({ kind: "repeated", atS: 300 }),
      message({ kind: "returned", atS: 90_000 }),
      message({ incident: null, names: ["ORP low"], atS: 200_000 }),
    ],
    statistics: figures,
  };
  const table = monthTable(month);
  expect(table).toContain("10 days, seed 7: **4 messages, of which 3 belong to an incident**.");
  expect(table).toContain("| leak | 12 s | 1 | 1 | 1 | 3 |");
  expect(table).toContain("| fire | never | 0 | 0 | 0 | 0 |");
  expect(table).toContain("| none of them | – | 1 | 0 | 0 | 1 |");
  expect(table).toContain("| days without any message | 7 of 10 |");
  expect(table).toContain("| median time to acknowledge | 10 min |");
  expect(table).toContain("Told without an incident: ORP low (1).");
});

test("a month in which only incidents were told of says so", () => {
  const table = monthTable({
    days: 1,
    seed: 1,
    incidents: [],
    messages: [message({})],
    statistics: { ...figures, medianAcknowledgeS: null, standing: [], chattering: [] },
  });
  expect(table).toContain("Nothing was told that belongs to no incident.");
  expect(table).toContain("| median time to acknowledge | – |");
});
