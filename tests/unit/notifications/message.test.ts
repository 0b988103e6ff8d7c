import { expect, test } from "vitest";
import type { AnnouncedAlarm } from "#contract/alarms.ts";
import { messageFrom } from "#main/notifications/message.ts";
import { whenWords } from "#main/notifications/when-words.ts";
import { figureWords, reasonWords } from "#main/notifications/words.ts";
import { alarmId, announcedAlarm, announcement, delivery, eventId } from "#tests/builders/announcements.ts";
import { FRAME, message } from "#tests/builders/messages.ts";

test("a message says what, since when and in whose time, value, limit, what to do, and where", () => {
  const told = message();
  expect(told.title).toBe("High priority: Display temperature high");
  expect(told.text).toBe(
    [
      "Display temperature high",
      "Since Mon 1 Jun 2026, 14:00 (Europe/Berlin).",
      "Value: 26.84 °C, limit 26.70 °C.",
      "What to do: Check that the heater is off.",
      "",
      `See it: https://reef.example/alarms/${alarmId(1)}`,
      "Acknowledge: https://reef.example/acknowledge/secret",
    ].join("\n"),
  );
});

test("a return says from when to when, and has nothing to acknowledge", () => {
  const about = announcement({ id: eventId(2), kind: "returned", atMs: Date.UTC(2026, 5, 1, 12, 30) });
  const told = message({ about });
  expect(told.title).toBe("Back to normal: Display temperature high");
  expect(told.text).toContain(
    "From Mon 1 Jun 2026, 14:00 (Europe/Berlin) to Mon 1 Jun 2026, 14:30 (Europe/Berlin).",
  );
  expect(told.text).not.toContain("Acknowledge");
  expect(told.acknowledgeLink).toBeNull();
});

test("alarms of one cause are one message that names them all", () => {
  const probes = [1, 2, 3, 4, 5].map((n) => announcedAlarm({ alarmId: alarmId(n), name: `Probe ${n}` }));
  const told = message({ about: announcement({ cause: "Bus lost", priority: "critical", alarms: probes }) });
  expect(told.title).toBe("CRITICAL: Bus lost (5 alarms)");
  expect(told.link).toBe("https://reef.example/alarms");
  for (const { name } of probes) expect(told.text).toContain(name);
});

test("what was over before it could be told is one message with its end", () => {
  const raise = delivery();
  const over = announcement({ id: eventId(2), kind: "returned", atMs: Date.UTC(2026, 5, 1, 13) });
  const carrier = delivery({ about: over });
  const told = messageFrom({ carrier, besides: [raise], covers: [], form: "raised-and-returned" }, FRAME);
  expect(told.title).toBe("Was raised and has returned: Display temperature high");
  expect(told.text).toContain("to Mon 1 Jun 2026, 15:00");
  expect(told.acknowledgeLink).not.toBeNull();
});

test("without an address of the app a message carries no links", () => {
  const told = message({}, { linkBase: null, acknowledgeLink: null });
  expect([told.link, told.text.includes("http")]).toEqual([null, false]);
});

test.each([
  [25.4, "°C", "25.40 °C"],
  [8.123, "pH", "8.12 pH"],
  [351.6, "mV", "352 mV"],
  [0.123456, "mg/L", "0.1235 mg/L"],
  [1, "wet", "wet"],
  [0, "wet", "dry"],
  [3, "", "3"],
  [null, "°C", "none that can be trusted"],
] as const)("%s %s reads as %s", (value, unit, words) => {
  expect(figureWords(value, unit)).toBe(words);
});

test("each kind calls its figures what they are", () => {
  const words = (over: Partial<AnnouncedAlarm>) => reasonWords(announcedAlarm(over), "then");
  expect(words({ kind: "rate-of-change", value: 0.62, setpoint: 0.5 })).toEqual([
    "Change: 0.62 °C, limit 0.50 °C.",
  ]);
  expect(words({ kind: "drift", value: 1.6, setpoint: 1.5 })).toEqual([
    "Against the usual: 1.6 times, limit 1.5 times.",
  ]);
  expect(words({ kind: "digital", value: 1, unit: "wet" })).toEqual(["State: wet."]);
  expect(words({ kind: "output-fault", value: null, setpoint: null })).toEqual([]);
});

test("a zone that this machine does not know is told in UTC, and says so", () => {
  expect(whenWords(Date.UTC(2026, 5, 1, 12), "Nowhere/Atlantis")).toBe("Mon 1 Jun 2026, 12:00 (UTC)");
});
