import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SILENT_LOG } from "#main/platform/logger.ts";
import { type Migration, migrate, readMigrations } from "#main/storage/migrate.ts";
import { type FreshDatabase, freshDatabase, queryAs } from "#tests/postgres.ts";

const all = await readMigrations(new URL("../../../src-main/storage/migrations/", import.meta.url));
let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.remove());

const migrateTo = (version: number) => migrate(fresh.config, all.slice(0, version), SILENT_LOG);
const query = <R extends object>(text: string, values: readonly unknown[] = []) =>
  queryAs<R>(fresh.config, text, values);
const tables = async () =>
  (
    await query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
    )
  ).map(({ name }) => name);

const UUID = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

async function insertConfiguration(): Promise<void> {
  await query("insert into controller (uuid, config_revision) values ($1, 3)", [UUID(1)]);
  await query(
    "insert into device (controller_id, id, position, type, name, params, is_enabled) values (1, $1, 0, 'host', 'Host', '{}', true)",
    [UUID(2)],
  );
  await query(
    `insert into channel (controller_id, id, device_id, position, driver_key, name, kind, quantity, unit, role, poll_interval_s)
     values (1, $1, $2, 0, 'cpu', 'CPU', 'sensor', 'controller-temperature', '°C', 'generic', 1)`,
    [UUID(3), UUID(2)],
  );
  await query(
    'insert into loop (controller_id, id, position, config) values (1, $1, 0, \'{"type":"thermostat"}\')',
    [UUID(4)],
  );
  await query(
    "insert into user_account (controller_id, id, username, role, password_hash, created_at) values (1, $1, 'Bella', 'admin', 'x', now())",
    [UUID(5)],
  );
  await query("insert into setting (controller_id, name, value) values (1, 'timezone', '\"UTC\"')");
}

const snapshot = async (names: readonly string[]) =>
  Promise.all(names.map(async (name) => [name, await query(`select * from ${name} order by 1, 2`)] as const));

describe("0001-configuration", () => {
  test("before it there is nothing; after it a configuration can be kept, and usernames differ in more than case", async () => {
    expect(await tables()).toEqual([]);
    await migrateTo(1);
    expect(await tables()).toEqual([
      "channel",
      "controller",
      "device",
      "loop",
      "schema_migration",
      "setting",
      "user_account",
    ]);
    await insertConfiguration();
    const again = query(
      "insert into user_account (controller_id, id, username, role, password_hash, created_at) values (1, $1, 'BELLA', 'viewer', 'x', now())",
      [UUID(6)],
    );
    await expect(again).rejects.toMatchObject({ code: "23505" });
  });
});

describe("0002-readings", () => {
  test("before it there are no readings; after it they are kept once an instant, and the configuration is untouched", async () => {
    const kept = ["controller", "device", "channel", "loop", "user_account", "setting"];
    await migrateTo(1);
    await insertConfiguration();
    const before = await snapshot(kept);
    expect(await tables()).not.toContain("reading");
    await migrateTo(2);
    expect(await snapshot(kept)).toEqual(before);
    expect(await tables()).toEqual(expect.arrayContaining(["reading", "rollup_1d", "rollup_1h", "rollup_5m"]));
    const insert =
      "insert into reading (controller_id, channel_key, taken_at, value, raw, covers_s, quality) values (1, 1, 'epoch', 1, 1, 1, 0)";
    await query(insert);
    await expect(query(insert)).rejects.toMatchObject({ code: "23505" });
  });
});

describe("0003-journal", () => {
  test("before it no event is kept; after it each is kept once, and readings are untouched", async () => {
    const kept = ["controller", "channel", "reading", "rollup_5m"];
    await migrateTo(2);
    await insertConfiguration();
    await query(
      "insert into reading (controller_id, channel_key, taken_at, value, raw, covers_s, quality) values (1, 1, 'epoch', 1, 1, 1, 0)",
    );
    await query(
      "insert into rollup_5m (controller_id, channel_key, bucket_at, min, max, sum, count, seconds_good) values (1, 1, 'epoch', 1, 1, 1, 1, 1)",
    );
    const before = await snapshot(kept);
    expect(await tables()).not.toContain("output_event");
    await migrateTo(3);
    expect(await snapshot(kept)).toEqual(before);
    const insert = `insert into output_event (controller_id, channel_key, at, kind, level_pct, owner, reason_code, reason_text)
      values (1, 1, 'epoch', 'owner', null, 'loop', 'x', 'X.')`;
    await query(insert);
    await expect(query(insert)).rejects.toMatchObject({ code: "23505" });
  });
});

describe("0004-preferences", () => {
  test("before it no preferences are kept; after it each user has one document, which goes with him, and all else stays", async () => {
    const kept = ["controller", "user_account", "setting"];
    await migrateTo(3);
    await insertConfiguration();
    const before = await snapshot(kept);
    expect(await tables()).not.toContain("user_preferences");
    await migrateTo(4);
    expect(await snapshot(kept)).toEqual(before);
    const insert = "insert into user_preferences (controller_id, user_id, document) values (1, $1, '{}')";
    await query(insert, [UUID(5)]);
    await expect(query(insert, [UUID(5)])).rejects.toMatchObject({ code: "23505" });
    await expect(query(insert, [UUID(6)])).rejects.toMatchObject({ code: "23503" });
    await query("delete from user_account");
    expect(await query("select 1 from user_preferences")).toEqual([]);
  });
});

describe("0005-pin", () => {
  test("before it nobody has a PIN; after it those who were there have none yet, and their preferences stay", async () => {
    await migrateTo(4);
    await insertConfiguration();
    await query("insert into user_preferences (controller_id, user_id, document) values (1, $1, '{}')", [UUID(5)]);
    const [before] = await query("select * from user_account");
    const preferences = await snapshot(["user_preferences"]);
    expect(before).not.toHaveProperty("pin_hash");
    await migrateTo(5);
    expect(await query("select * from user_account")).toEqual([{ ...before, pin_hash: null }]);
    expect(await snapshot(["user_preferences"])).toEqual(preferences);
    await query("update user_account set pin_hash = 'x'");
  });
});

describe("0006-modes", () => {
  test("before it no mode is kept; after it each is kept once a controller, and loops of any type are as they were", async () => {
    const kept = ["controller", "channel", "loop", "setting"];
    await migrateTo(5);
    await insertConfiguration();
    const before = await snapshot(kept);
    expect(await tables()).not.toContain("mode");
    await migrateTo(6);
    expect(await snapshot(kept)).toEqual(before);
    const insert =
      'insert into mode (controller_id, id, position, config) values ($1, $2, 0, \'{"kind":"feed"}\')';
    await query(insert, [1, UUID(6)]);
    await expect(query(insert, [1, UUID(6)])).rejects.toMatchObject({ code: "23505" });
    await expect(query(insert, [2, UUID(6)])).rejects.toMatchObject({ code: "23503" });
  });
});

describe("0007-alarms", () => {
  test("before it no alarm is kept; after it each alarm, event and target is kept once a controller, and the rest is as it was", async () => {
    const kept = ["controller", "channel", "loop", "mode", "setting"];
    await migrateTo(6);
    await insertConfiguration();
    const before = await snapshot(kept);
    for (const table of ["alarm", "alarm_event", "notification_target"])
      expect(await tables()).not.toContain(table);
    await migrateTo(7);
    expect(await snapshot(kept)).toEqual(before);
    for (const table of ["alarm", "notification_target"]) {
      const insert = `insert into ${table} (controller_id, id, position, config) values ($1, $2, 0, '{}')`;
      await query(insert, [1, UUID(6)]);
      await expect(query(insert, [1, UUID(6)])).rejects.toMatchObject({ code: "23505" });
      await expect(query(insert, [2, UUID(6)])).rejects.toMatchObject({ code: "23503" });
    }
    const event = `insert into alarm_event (controller_id, id, at, alarm_id, name, kind, priority, transition, from_state, to_state, unit)
      values (1, $1, now(), $1, 'Hot', 'high', 'high', 'raised', 'normal', 'unacknowledged', '°C')`;
    await query(event, [UUID(7)]);
    await expect(query(event, [UUID(7)])).rejects.toMatchObject({ code: "23505" });
  });
});

describe("the runner", () => {
  test("every table carries the controller it belongs to", async () => {
    await migrateTo(all.length);
    const without = await query<{ name: string }>(
      `select table_name as name from information_schema.tables t where table_schema = 'public' and not exists (
         select 1 from information_schema.columns c where c.table_name = t.table_name and column_name = 'controller_id') order by 1`,
    );
    expect(without.map(({ name }) => name)).toEqual(["controller", "schema_migration"]);
  });

  test("every instant is kept with its zone", async () => {
    await migrateTo(all.length);
    expect(
      await query(
        "select 1 from information_schema.columns where table_schema = 'public' and data_type = 'timestamp without time zone'",
      ),
    ).toEqual([]);
  });

  test("running it again changes nothing", async () => {
    await migrateTo(all.length);
    const before = await snapshot(["schema_migration"]);
    await migrateTo(all.length);
    expect(await snapshot(["schema_migration"])).toEqual(before);
  });

  test("two programs that start at once migrate once", async () => {
    await Promise.all([migrateTo(all.length), migrateTo(all.length), migrateTo(all.length)]);
    expect(await query("select version from schema_migration order by 1")).toEqual(
      all.map(({ version }) => ({ version })),
    );
  });

  test("a database of a newer program is refused and not touched", async () => {
    await migrateTo(all.length);
    const refusal = expect(migrateTo(all.length - 1)).rejects;
    await refusal.toMatchObject({
      code: "database-newer",
      message: expect.stringContaining(`version ${all.length}`),
    });
    expect(await tables()).toContain("journal_batch");
  });

  test("a migration that was changed after it was applied is refused", async () => {
    await migrateTo(1);
    const changed = all.map((m) => (m.version === 1 ? { ...m, checksum: "other" } : m));
    await expect(migrate(fresh.config, changed, SILENT_LOG)).rejects.toMatchObject({ code: "internal" });
    expect(await tables()).not.toContain("reading");
  });

  test("a migration that fails half-way leaves nothing of itself and keeps those before it", async () => {
    const broken: Migration = {
      version: 2,
      name: "broken",
      sql: "create table half (x int); select 1 / 0",
      checksum: "",
    };
    await expect(migrate(fresh.config, [...all.slice(0, 1), broken], SILENT_LOG)).rejects.toMatchObject({
      code: "internal",
    });
    expect(await tables()).not.toContain("half");
    expect(await query("select version from schema_migration")).toEqual([{ version: 1 }]);
    await migrateTo(all.length);
    expect(await tables()).toContain("reading");
  });

  test("a folder without migrations is a broken installation", async () => {
    await expect(readMigrations(new URL("./nowhere/", import.meta.url))).rejects.toMatchObject({
      code: "internal",
    });
    await expect(readMigrations(new URL("./", import.meta.url))).rejects.toMatchObject({ code: "internal" });
  });
});
