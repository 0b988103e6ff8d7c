import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  CertificatePins,
  type CertificateQuestion,
  hexPairsFrom,
  PinnedCertificates,
} from "#main/electron/certificate-pins.ts";
import { KeptFile } from "#main/electron/kept-file.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const ORIGIN = "https://reef.local:8000";
const FIRST = `sha256/${Buffer.alloc(32, 1).toString("base64")}`;
const OTHER = `sha256/${Buffer.alloc(32, 2).toString("base64")}`;

async function pinsIn(path: string, answer: boolean) {
  const asked: CertificateQuestion[] = [];
  const log = new RecordingLog();
  const pins = new CertificatePins({
    origin: ORIGIN,
    file: new KeptFile(path, PinnedCertificates, log),
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
  });
  return { pins, asked, log };
}

const newPath = async () => join(await mkdtemp(join(tmpdir(), "reef-pins-")), "folder/certificates.json");

test("a person is asked once, however often the page connects, and it is kept", async () => {
  const path = await newPath();
  const { pins, asked } = await pinsIn(path, true);
  expect(await Promise.all([pins.isTrusted(FIRST), pins.isTrusted(FIRST)])).toEqual([true, true]);
  expect(asked).toEqual([{ origin: ORIGIN, fingerprint: hexPairsFrom(FIRST), trustedBefore: null }]);
  const later = await pinsIn(path, false);
  expect(await later.pins.isTrusted(FIRST)).toBe(true);
  expect(later.asked).toEqual([]);
});

test("a no is a no, and nothing is kept", async () => {
  const path = await newPath();
  const { pins } = await pinsIn(path, false);
  expect(await pins.isTrusted(FIRST)).toBe(false);
  await expect(readFile(path)).rejects.toThrow();
});

test("another certificate than the trusted one is asked about, with both shown", async () => {
  const path = await newPath();
  await (await pinsIn(path, true)).pins.isTrusted(FIRST);
  const { pins, asked } = await pinsIn(path, false);
  expect(await pins.isTrusted(OTHER)).toBe(false);
  expect(asked[0]).toMatchObject({ fingerprint: hexPairsFrom(OTHER), trustedBefore: hexPairsFrom(FIRST) });
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ [ORIGIN]: hexPairsFrom(FIRST) });
});

test("a damaged file counts as nothing trusted yet, and is said in the log", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "reef-pins-")), "certificates.json");
  await writeFile(path, "{half");
  const { pins, asked, log } = await pinsIn(path, true);
  await pins.isTrusted(FIRST);
  expect(asked).toHaveLength(1);
  expect(log.messages).toContain("warn a file of the desktop app is unreadable");
});

test("a fingerprint is shown as every other program shows it", () => {
  expect(hexPairsFrom(FIRST)).toBe(Array.from({ length: 32 }, () => "01").join(":"));
});
