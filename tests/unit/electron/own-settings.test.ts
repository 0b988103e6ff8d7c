import { afterEach, expect, test, vi } from "vitest";
import { readOwnSettings } from "#main/electron/own-settings.ts";

afterEach(() => vi.unstubAllEnvs());

test("an installed app refuses a local store in memory; a trial from source may have one", async () => {
  vi.stubEnv("REEF_LOCAL_STORE", "memory");
  await expect(readOwnSettings(true)).rejects.toMatchObject({
    code: "bad-setting",
    message: expect.stringContaining("REEF_LOCAL_STORE"),
  });
  expect((await readOwnSettings(false)).localStore).toBe("memory");
});
