import { expect, test } from "vitest";
import { z } from "zod";
import { KeptCopy } from "#main/composition/kept-copy.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

function bench() {
  const secrets = new FakeSecretStore();
  const log = new RecordingLog();
  const copy = new KeptCopy({ secrets, log, name: "users", schema: z.array(z.number()) });
  return { secrets, log, copy };
}

test("what was saved last is what is loaded, and nothing where nothing was", async () => {
  const { copy } = bench();
  expect(await copy.load()).toBeNull();
  copy.save([1]);
  copy.save([1, 2]);
  expect(await copy.load()).toEqual([1, 2]);
});

test("a copy that does not fit is none, and one that cannot be written is said", async () => {
  const { copy, secrets, log } = bench();
  await secrets.put("users", '["x"]');
  expect(await copy.load()).toBeNull();
  secrets.put = async () => Promise.reject(new Error("the disk is full"));
  copy.save([1]);
  await expect
    .poll(() => log.messages)
    .toEqual([
      "warn a local copy cannot be read; waiting for the database's",
      "error a local copy could not be written",
    ]);
});
