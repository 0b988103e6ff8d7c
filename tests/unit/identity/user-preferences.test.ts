import { expect, test } from "vitest";
import { DEFAULT_PREFERENCES } from "#contract/default-preferences.ts";
import { UserId } from "#contract/ids.ts";
import type { StoredPreferences } from "#main/identity/ports.ts";
import { UserPreferences } from "#main/identity/user-preferences.ts";
import { newId } from "#main/platform/ids.ts";
import { FakePreferenceStore } from "#tests/fakes/fake-preference-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

const BELLA = UserId.parse(newId(1));
const ANNA = UserId.parse(newId(2));

function bench(cached: readonly StoredPreferences[] | null = null) {
  const store = new FakePreferenceStore();
  const log = new RecordingLog();
  const copies: (readonly StoredPreferences[])[] = [];
  const restarted = (kept = cached) =>
    new UserPreferences({ store, log, cached: kept, onChange: (all) => void copies.push(all) });
  return { store, log, copies, preferences: restarted(), restarted };
}

test("who never said anything gets the defaults; a patch changes what it names, for him alone", async () => {
  const { store, preferences } = bench();
  expect(await preferences.get(BELLA)).toEqual(DEFAULT_PREFERENCES);
  await preferences.update(BELLA, { theme: "dark", dashboard: { hiddenTiles: ["ph"] } });
  const next = await preferences.update(BELLA, { language: "de", dashboard: { tileOrder: ["b", "a"] } });
  expect(next).toEqual({
    ...DEFAULT_PREFERENCES,
    theme: "dark",
    language: "de",
    dashboard: { tileOrder: ["b", "a"], hiddenTiles: ["ph"] },
  });
  expect(await preferences.get(BELLA)).toEqual(next);
  expect(store.documents.get(BELLA)).toEqual(next);
  expect(await preferences.get(ANNA)).toEqual(DEFAULT_PREFERENCES);
});

test("who listens is told of each change, and whose it is, and of nothing that stayed", async () => {
  const { store, preferences } = bench();
  const told: unknown[] = [];
  const cancel = preferences.onChange(({ userId, preferences: { theme } }) => void told.push([userId, theme]));
  await preferences.update(BELLA, { theme: "dark" });
  await preferences.update(BELLA, { theme: "dark" });
  await preferences.update(ANNA, { theme: "light" });
  store.documents.set(BELLA, { ...DEFAULT_PREFERENCES, theme: "system" });
  await preferences.reload();
  expect(told).toEqual([
    [BELLA, "dark"],
    [ANNA, "light"],
    [BELLA, "system"],
  ]);
  expect(preferences.known(ANNA).theme).toBe("light");
  cancel();
  await preferences.update(ANNA, { theme: "dark" });
  expect(told).toHaveLength(3);
});

test("while the database is away the last that is known is shown, and a change is refused and not made", async () => {
  const { store, preferences } = bench();
  const dark = await preferences.update(BELLA, { theme: "dark" });
  store.isAway = true;
  await expect(preferences.update(BELLA, { theme: "light" })).rejects.toMatchObject({ code: "database-away" });
  expect(await preferences.get(BELLA)).toEqual(dark);
});

test("after a start without the database its copy is shown, and what the database says counts once it is back", async () => {
  const { store, copies, preferences, restarted } = bench();
  await preferences.update(BELLA, { theme: "dark" });
  const kept = copies.at(-1) ?? [];
  store.isAway = true;
  const again = restarted(kept);
  expect((await again.get(BELLA)).theme).toBe("dark");
  expect((await again.get(ANNA)).theme).toBe("system");

  store.isAway = false;
  store.documents.set(BELLA, { ...DEFAULT_PREFERENCES, theme: "light" });
  await again.reload();
  expect((await again.get(BELLA)).theme).toBe("light");
});

test("a change made before the first reading is laid over what the database has, not over the copy", async () => {
  const { store, restarted } = bench();
  store.documents.set(BELLA, { ...DEFAULT_PREFERENCES, language: "de" });
  const stale = restarted([{ userId: BELLA, document: { ...DEFAULT_PREFERENCES, language: "en" } }]);
  expect(await stale.update(BELLA, { theme: "dark" })).toMatchObject({ language: "de", theme: "dark" });
});

test("changes at once are all made", async () => {
  const { preferences } = bench();
  await Promise.all([
    preferences.update(BELLA, { theme: "dark" }),
    preferences.update(BELLA, { language: "de" }),
    preferences.update(BELLA, { volumeUnit: "gal" }),
  ]);
  expect(await preferences.get(BELLA)).toMatchObject({ theme: "dark", language: "de", volumeUnit: "gal" });
});

test("a document that cannot be read is said once and costs its user the defaults, and nobody else anything", async () => {
  const { store, log, preferences } = bench();
  store.documents.set(BELLA, { theme: "plaid" });
  store.documents.set(ANNA, { ...DEFAULT_PREFERENCES, theme: "dark" });
  expect(await preferences.get(BELLA)).toEqual(DEFAULT_PREFERENCES);
  expect((await preferences.get(ANNA)).theme).toBe("dark");
  expect(log.messages).toEqual(["warn a user's preferences cannot be read; the defaults stand in"]);
});

test("what fails for another reason than the database's absence is not hidden", async () => {
  const { store, preferences } = bench();
  store.load = async () => Promise.reject(new Error("a bug of ours"));
  await expect(preferences.get(BELLA)).rejects.toThrow("a bug of ours");
});
