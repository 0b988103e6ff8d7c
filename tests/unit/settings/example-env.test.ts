import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { settingsFrom } from "#main/settings/environment.ts";

const EXAMPLE = new URL("../../../resources/example.env", import.meta.url);
const NAMES = /^#?([A-Z][A-Z0-9_]*)=(.*)$/gm;

/** Every variable that is asked for while settings are made. */
function askedFor(): ReadonlySet<string> {
  const names = new Set<string>();
  const variables = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        names.add(String(name));
        return undefined;
      },
    },
  );
  settingsFrom(variables, "/nowhere");
  return names;
}

async function listed(): Promise<readonly (readonly [name: string, value: string])[]> {
  const text = await readFile(EXAMPLE, "utf8");
  return [...text.matchAll(NAMES)].map(([, name = "", value = ""]) => [name, value] as const);
}

test("resources/example.env lists every setting once, and nothing else", async () => {
  const names = (await listed()).map(([name]) => name);
  expect(new Set(names)).toEqual(askedFor());
  expect(names).toHaveLength(askedFor().size);
});

test("its lines hold as they stand, and those that show a default show the true one", async () => {
  const values = Object.fromEntries(await listed());
  const notDefaults = ["REEF_TLS_CERT", "REEF_TLS_KEY", "DATABASE_URL"];
  const defaults = Object.fromEntries(Object.entries(values).filter(([name]) => !notDefaults.includes(name)));
  expect(() => settingsFrom(values, "/nowhere")).not.toThrow();
  expect(settingsFrom(defaults, "/nowhere")).toEqual({
    ...settingsFrom({}, "/nowhere"),
    dataDir: values["REEF_DATA_DIR"],
  });
});
