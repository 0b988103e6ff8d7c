import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { expect, test } from "vitest";
import { calibratorFor } from "#domain/calibration/calibrate.ts";
import { ChannelValidator, type Verdict } from "#domain/quality/channel-validator.ts";
import { qualityRulesFor } from "#domain/quality/quality-rules.ts";

const RECORDING = new URL(
  "../../../../../shared/data/apex-datalog-2020-01-20-stuck-probe.xml.gz",
  import.meta.url,
);

interface Judged {
  readonly at: string;
  readonly verdict: Verdict;
}

/** Every record of one probe, through the pipeline; `at` is the recording's local time. */
async function judged(probe: string, quantity: "temperature" | "ph"): Promise<readonly Judged[]> {
  const xml = (await promisify(gunzip)(await readFile(RECORDING))).toString("utf8");
  const validator = new ChannelValidator(qualityRulesFor(quantity, "display"), calibratorFor(null));
  const value = new RegExp(`<name>${probe}</name>\\s*<type>\\w+</type>\\s*<value>([^<]+)</value>`);
  return xml
    .split("<record>")
    .slice(1)
    .flatMap((record) => {
      const at = /<date>([^<]+)</.exec(record)?.[1]?.trim();
      const raw = value.exec(record)?.[1];
      if (at === undefined || raw === undefined) return [];
      return [{ at, verdict: validator.observe({ value: Number(raw) }, Date.parse(`${at} Z`)) }];
    });
}

/** Where quality or reason changed. */
function changes(all: readonly Judged[]): readonly string[] {
  const words = all.map(
    ({ at, verdict }) =>
      [at.slice(0, 16), `${verdict.quality}${verdict.reason === null ? "" : `: ${verdict.reason}`}`] as const,
  );
  return words
    .filter(([, word], i) => word !== (words[i - 1]?.[1] ?? "good"))
    .map(([at, word]) => `${at} ${word}`);
}

test.skipIf(!existsSync(RECORDING))(
  "the recorded probe stuck at -7.1 °C is bad for as long as it was, and for nothing else [not here by nature]",
  async () => {
    expect(changes(await judged("Tmp-3", "temperature"))).toEqual([
      "01/22/2020 12:40 bad: range",
      "01/24/2020 17:00 good",
    ]);
  },
);

test.skipIf(!existsSync(RECORDING))(
  "the recorded pH probe is bad from its second dead sample, and good half an hour after its return [not here by nature]",
  async () => {
    expect(changes(await judged("pH-3", "ph"))).toEqual([
      "01/23/2020 11:40 uncertain: implausible",
      "01/23/2020 11:50 bad: implausible",
      "01/24/2020 11:30 bad: calibration",
      "01/24/2020 12:10 bad: dead",
      "01/24/2020 16:10 bad: implausible",
      "01/24/2020 16:20 bad: calibration",
      "01/24/2020 16:30 bad: implausible",
      "01/24/2020 16:50 good",
    ]);
  },
);

test.skipIf(!existsSync(RECORDING))(
  "the recorded healthy probes are good throughout [not here by nature]",
  async () => {
    for (const probe of ["Tmp-1", "Tmp-2", "Tmp-4"])
      expect(changes(await judged(probe, "temperature"))).toEqual([]);
    for (const probe of ["pH-1", "pH-2"]) expect(changes(await judged(probe, "ph"))).toEqual([]);
  },
);
