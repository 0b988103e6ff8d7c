import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ControllerId } from "#contract/ids.ts";
import { LoopConfig } from "#contract/loops.ts";
import { ModeConfig } from "#contract/modes.ts";
import { NotificationTargetConfig } from "#contract/notifications.ts";
import { firstTankSettings } from "#contract/settings.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { newId } from "#main/platform/ids.ts";
import type { ConfigurationRepository } from "#main/settings/ports.ts";
import { PgConfigurationRepository } from "#main/storage/repositories/configuration.ts";
import { PgReadingStore } from "#main/storage/repositories/readings.ts";
import { alarm } from "#tests/builders/alarm.ts";
import { channel, configurationOf, controllerId, device, loop } from "#tests/builders/stored-configuration.ts";
import { queryAs, startDatabase, type TestDatabase } from "#tests/postgres.ts";

let db: TestDatabase;
let repository: ConfigurationRepository;
beforeAll(async () => {
  db = await startDatabase();
  repository = new PgConfigurationRepository(db.database);
});
beforeEach(() =>
  queryAs(
    db.fresh.config,
    "truncate controller, reading, rollup_5m, rollup_1h, rollup_1d restart identity cascade",
  ),
);
afterAll(() => db.stop());

const full = configurationOf(
  [
    device(1, { params: { seed: 7, faults: { probe: ["stuck", null, 1e-7] }, nested: { deep: [true, "x"] } } }),
    device(2, { isEnabled: false }),
  ],
  [
    channel(1, {
      limits: { min: -1.5, max: 30.25 },
      calibration: {
        points: [
          { raw: 6.86, actual: 7 },
          { raw: 4.01, actual: 4 },
        ],
      },
    }),
    channel(2, {
      kind: "switch",
      role: "heater",
      quantity: "generic",
      unit: "",
      pollIntervalS: 0.1,
      output: {
        ...defaultOutputSettings("heater"),
        powerUpState: "unchanged",
      },
    }),
    channel(3, { deviceId: device(2).id, calibration: { offset: 0.3 } }),
  ],
  [loop(1), loop(2, { isEnabled: false })],
);

test("a controller that never saved has none, also where it already wrote readings", async () => {
  expect(await repository.load(controllerId)).toBeNull();
  await new PgReadingStore(db.database, controllerId).append({ sequence: 1, readings: [], outputEvents: [] });
  expect(await repository.load(controllerId)).toBeNull();
});

test("what was saved is what is loaded, in its order", async () => {
  const reversed = {
    ...full,
    devices: [...full.devices].reverse(),
    channels: [...full.channels].reverse(),
    loops: [...full.loops].reverse(),
  };
  for (const next of [full, { ...reversed, revision: 2, isAcquisitionRunning: false, hardware: "pi" as const }]) {
    await repository.save(controllerId, next);
    expect(await repository.load(controllerId)).toEqual(next);
  }
});

test("modes and loops of every type are kept as they are, and go when they are gone", async () => {
  const [probe, pump] = [channel(1).id, channel(2).id];
  const modes = ["feed", "vacation"].map((kind, n) =>
    ModeConfig.parse({
      id: newId(n),
      name: kind,
      kind,
      durationS: 900,
      outputs: [{ channelId: pump, level: 0, returnsAfterS: 60 }],
      suppresses: ["low"],
    }),
  );
  const types = [
    { type: "top-off", pumpChannelId: pump, levelChannelId: probe },
    { type: "doser", pumpChannelId: pump, mlPerDay: 24, part: "alkalinity", alkalinityDkhPerMl: 0.02 },
    {
      type: "rule",
      conditions: [{ kind: "above", channelId: probe, value: 28, hysteresis: 0.5, forS: 60 }],
      actions: [
        { kind: "output", channelId: pump, level: 0 },
        { kind: "mode", modeId: modes[0]?.id },
        { kind: "alarm", priority: "high", text: "Too warm." },
      ],
    },
  ];
  const loops = types.map((fields, n) => LoopConfig.parse({ id: newId(10 + n), name: fields.type, ...fields }));
  const next = { ...full, loops, modes };
  await repository.save(controllerId, next);
  expect(await repository.load(controllerId)).toEqual(next);
  const fewer = { ...next, modes: modes.slice(1), loops: [] };
  await repository.save(controllerId, fewer);
  expect(await repository.load(controllerId)).toEqual(fewer);
});

test("alarms and who is told are kept as they are; none at all is another thing than the offered ones", async () => {
  expect((await savedAndLoaded(full)).alarms).toBeNull();
  const targets = [
    NotificationTargetConfig.parse({ id: newId(1), name: "Desk", channel: { type: "desktop" }, weeklyTest: null }),
  ];
  const settings = { heartbeat: { url: "https://example.org/ping", everyS: 300 }, linkBase: null };
  const next = {
    ...full,
    alarms: [alarm(1), alarm(2, { kind: "stale", setpoint: null })],
    notifications: { targets, settings },
  };
  expect(await savedAndLoaded(next)).toEqual(next);
  expect((await savedAndLoaded({ ...next, alarms: [] })).alarms).toEqual([]);
  expect((await savedAndLoaded(full)).alarms).toBeNull();
});

async function savedAndLoaded(next: typeof full) {
  await repository.save(controllerId, next);
  const loaded = await repository.load(controllerId);
  if (loaded === null) throw new Error("nothing was kept");
  return loaded;
}

test("what is said of the tank is kept, and a configuration of before it could be takes the first settings", async () => {
  const tank = {
    tankName: "Bella's reef",
    timeZone: "Europe/Berlin",
    place: { latitudeDeg: 52.52, longitudeDeg: -13.405 },
    systemVolumeL: 412.5,
    sumpFreeL: 40,
    backDrainL: 12,
  };
  await repository.save(controllerId, { ...full, tank });
  expect(await repository.load(controllerId)).toEqual({ ...full, tank });
  await queryAs(db.fresh.config, "delete from setting");
  expect(await repository.load(controllerId)).toEqual({ ...full, tank: firstTankSettings() });
});

test("a device and channel that go keep their history and may come back to it", async () => {
  await repository.save(controllerId, full);
  const store = new PgReadingStore(db.database, controllerId);
  const reading = {
    channelId: channel(1).id,
    takenAtMs: 0,
    value: 1,
    raw: 1,
    quality: "good",
    reason: null,
    coversS: 1,
  } as const;
  await store.append({ sequence: 1, readings: [reading], outputEvents: [] });
  const empty = { ...full, revision: 2, devices: [], channels: [], loops: [] };
  await repository.save(controllerId, empty);
  expect(await repository.load(controllerId)).toEqual(empty);
  await repository.save(controllerId, { ...full, revision: 3 });
  const kept = await queryAs(
    db.fresh.config,
    `select value from reading join channel using (channel_key) where channel.id = '${channel(1).id}'`,
  );
  expect(kept).toEqual([{ value: 1 }]);
});

test("a save that fails changes nothing of what was there", async () => {
  await repository.save(controllerId, full);
  const orphan = { ...full, revision: 2, devices: [], channels: [channel(5, { deviceId: device(9).id })] };
  await expect(repository.save(controllerId, orphan)).rejects.toMatchObject({ code: "internal" });
  expect(await repository.load(controllerId)).toEqual(full);
});

test("controllers that share a database do not see each other's configuration", async () => {
  const other = ControllerId.parse("0190a000-0000-7000-8000-000000000002");
  await repository.save(controllerId, full);
  const theirs = configurationOf([device(1, { name: "Theirs" })], [channel(1, { name: "Theirs" })]);
  await repository.save(other, theirs);
  expect(await repository.load(controllerId)).toEqual(full);
  expect(await repository.load(other)).toEqual(theirs);
});

test("text that looks like SQL is text", async () => {
  const text = "Robert'); drop table channel; --";
  const next = configurationOf([device(1, { params: { note: text, "'; --": 1 } })], [channel(1, { key: text })]);
  await repository.save(controllerId, next);
  expect(await repository.load(controllerId)).toEqual(next);
});

test("a character the database cannot keep is refused as such", async () => {
  const next = configurationOf([device(1, { params: { note: "a\u0000b" } })], []);
  await expect(repository.save(controllerId, next)).rejects.toMatchObject({ code: "invalid" });
});

test("rows that no program of ours wrote are refused, naming the field", async () => {
  await repository.save(controllerId, full);
  await queryAs(db.fresh.config, "update channel set kind = 'lever'");
  await expect(repository.load(controllerId)).rejects.toMatchObject({
    code: "internal",
    details: [{ field: "channels.0.kind" }, {}, {}],
  });
});
