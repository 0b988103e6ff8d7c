import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStoreKey, storePathsIn } from "#main/local-store/key-file.ts";
import type { KeySeal } from "#main/local-store/key-seal.ts";

/** A keychain that turns words round, and knows its own. */
const KEYCHAIN: KeySeal = {
  seal: (keyHex) => `mine-${[...keyHex].toReversed().join("")}`,
  open: (sealed) => {
    if (!sealed.startsWith("mine-")) throw new Error("not sealed here");
    return [...sealed.slice("mine-".length)].toReversed().join("");
  },
};

const newPaths = async () => storePathsIn(await mkdtemp(join(tmpdir(), "reef key ")));

test("with a keychain the key stands locked in its file, and opens to the same key", async () => {
  const paths = await newPaths();
  const { keyHex } = await openStoreKey(paths, KEYCHAIN);
  const text = await readFile(paths.key, "utf8");
  expect(text).toMatch(/^sealed:mine-/);
  expect(text).not.toContain(keyHex);
  expect((await openStoreKey(paths, KEYCHAIN)).keyHex).toBe(keyHex);
});

test("a key that was made without a keychain is taken as it is, and stays so", async () => {
  const paths = await newPaths();
  const { keyHex } = await openStoreKey(paths);
  const before = await readFile(paths.key, "utf8");
  expect((await openStoreKey(paths, KEYCHAIN)).keyHex).toBe(keyHex);
  expect(await readFile(paths.key, "utf8")).toBe(before);
});

test("a locked key is refused in words by a host without that keychain, and left as it was", async () => {
  const paths = await newPaths();
  await openStoreKey(paths, KEYCHAIN);
  const before = await readFile(paths.key, "utf8");
  await expect(openStoreKey(paths)).rejects.toMatchObject({
    code: "store-wrong-key",
    message: expect.stringContaining("keychain"),
  });
  await writeFile(paths.key, "sealed:of-another-user\n");
  await expect(openStoreKey(paths, KEYCHAIN)).rejects.toMatchObject({ code: "store-wrong-key" });
  await writeFile(paths.key, before);
  expect((await openStoreKey(paths, KEYCHAIN)).hasDatabase).toBe(false);
});
