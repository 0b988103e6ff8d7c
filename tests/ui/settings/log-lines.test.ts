import { describe, expect, test } from "vitest";
import type { LogEntry } from "#contract/system.ts";
import {
  linesMatching,
  MAX_LOG_LINES,
  plainLine,
  withNewLines,
} from "../../../src-renderer/features/settings/log-lines.ts";

const entry = (sequence: number, change: Partial<LogEntry> = {}): LogEntry => ({
  id: String(sequence).padStart(12, "0"),
  at: "2026-11-23T12:00:00.000Z",
  level: "info",
  part: "outputs",
  message: "output driven",
  fields: { name: "Heater", levelPct: 100 },
  ...change,
});

describe("the log on the page", () => {
  test("holds each line once, oldest first", () => {
    const lines = withNewLines([entry(1), entry(2)], [entry(2), entry(3)]);
    expect(lines.map(({ id }) => Number(id))).toEqual([1, 2, 3]);
  });

  test("is the same one where nothing new came", () => {
    const known = [entry(1)];
    expect(withNewLines(known, [entry(1)])).toBe(known);
  });

  test("keeps the newest lines", () => {
    const lines = withNewLines(
      [entry(1)],
      Array.from({ length: MAX_LOG_LINES }, (_, at) => entry(at + 2)),
    );
    expect(lines).toHaveLength(MAX_LOG_LINES);
    expect(Number(lines[0]?.id)).toBe(2);
  });

  test("is searched by words, in any order, in what was said beside the message too", () => {
    const lines = [entry(1), entry(2, { message: "a PIN was wrong", part: "identity", fields: {} })];
    expect(linesMatching(lines, "HEATER driven")).toEqual([lines[0]]);
    expect(linesMatching(lines, "pin identity")).toEqual([lines[1]]);
    expect(linesMatching(lines, "  ")).toBe(lines);
    expect(linesMatching(lines, "skimmer")).toEqual([]);
  });

  test("is copied as plain lines", () => {
    expect(plainLine(entry(1))).toBe(
      "2026-11-23T12:00:00.000Z INFO outputs output driven name=Heater levelPct=100",
    );
    expect(plainLine(entry(1, { fields: {} }))).toBe("2026-11-23T12:00:00.000Z INFO outputs output driven");
  });
});
