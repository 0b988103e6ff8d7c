import { Configuration } from "#contract/configuration.ts";
import { ReefFault } from "#contract/errors.ts";
import type { ControllerId } from "#contract/ids.ts";
import { type ReadableDb, type WritableDb, withTransaction } from "../access.ts";
import { ensureController } from "./controllers.ts";

interface ConfigurationDatabase {
  readonly readable: ReadableDb;
  readonly writable: WritableDb;
}

const SAVE_DEVICES = `
with wanted as (
  select * from jsonb_to_recordset($2::jsonb)
    as d (id uuid, position int, type text, name text, params jsonb, "isEnabled" boolean)
), gone as (
  update device set is_deleted = true where controller_id = $1 and id not in (select id from wanted)
)
insert into device (controller_id, id, position, type, name, params, is_enabled)
select $1, id, position, type, name, params, "isEnabled" from wanted
on conflict (controller_id, id) do update set
  position = excluded.position, type = excluded.type, name = excluded.name, params = excluded.params,
  is_enabled = excluded.is_enabled, is_deleted = false`;

const SAVE_CHANNELS = `
with wanted as (
  select * from jsonb_to_recordset($2::jsonb)
    as c (id uuid, position int, "deviceId" uuid, key text, name text, kind text, quantity text, unit text, role text,
          "pollIntervalS" float8, limits jsonb, calibration jsonb, output jsonb)
), gone as (
  update channel set is_deleted = true where controller_id = $1 and id not in (select id from wanted)
)
insert into channel (controller_id, id, position, device_id, driver_key, name, kind, quantity, unit, role,
                     poll_interval_s, limits, calibration, output)
select $1, id, position, "deviceId", key, name, kind, quantity, unit, role, "pollIntervalS", limits, calibration, output
  from wanted
on conflict (controller_id, id) do update set
  position = excluded.position, device_id = excluded.device_id, driver_key = excluded.driver_key, name = excluded.name,
  kind = excluded.kind, quantity = excluded.quantity, unit = excluded.unit, role = excluded.role,
  poll_interval_s = excluded.poll_interval_s, limits = excluded.limits, calibration = excluded.calibration,
  output = excluded.output, is_deleted = false`;

/** Tables whose rows are one document each, whole as it was configured. */
const saveDocuments = (table: "loop" | "mode" | "alarm" | "notification_target") => `
with wanted as (
  select * from jsonb_to_recordset($2::jsonb) as d (id uuid, position int, config jsonb)
), gone as (
  delete from ${table} where controller_id = $1 and id not in (select id from wanted)
)
insert into ${table} (controller_id, id, position, config) select $1, id, position, config from wanted
on conflict (controller_id, id) do update set position = excluded.position, config = excluded.config`;
const SAVE_LOOPS = saveDocuments("loop");
const SAVE_MODES = saveDocuments("mode");
const SAVE_ALARMS = saveDocuments("alarm");
const SAVE_TARGETS = saveDocuments("notification_target");

const SAVE_SETTING = `
insert into setting (controller_id, name, value) values ($1, $2, $3::jsonb)
on conflict (controller_id, name) do update set value = excluded.value`;

const LOAD_CONTROLLER = `select id, config_revision as revision, is_acquisition_running as "isAcquisitionRunning", hardware
  from controller where uuid = $1`;
const LOAD_DEVICES = `select id, type, name, params, is_enabled as "isEnabled"
  from device where controller_id = $1 and not is_deleted order by position`;
const LOAD_CHANNELS = `select id, device_id as "deviceId", driver_key as key, name, kind, quantity, unit, role,
       poll_interval_s as "pollIntervalS", limits, calibration, output
  from channel where controller_id = $1 and not is_deleted order by position`;
const LOAD_SETTINGS = "select name, value from setting where controller_id = $1";
const LOAD_LOOPS = "select config from loop where controller_id = $1 order by position";
const LOAD_MODES = "select config from mode where controller_id = $1 order by position";
const LOAD_ALARMS = "select config from alarm where controller_id = $1 order by position";
const LOAD_TARGETS = "select config from notification_target where controller_id = $1 order by position";

interface SettingRow {
  readonly name: string;
  readonly value: unknown;
}

interface ControllerRow {
  readonly id: number;
  readonly revision: number | null;
  readonly isAcquisitionRunning: boolean;
  readonly hardware: string | null;
}

/** What a keeper configured, whole (settings' `ConfigurationRepository`). @throws ReefFault database-away */
export class PgConfigurationRepository {
  readonly #database: ConfigurationDatabase;

  constructor(database: ConfigurationDatabase) {
    this.#database = database;
  }

  /** @returns null where this controller never saved one @throws ReefFault internal for rows no program of ours wrote */
  load(controllerId: ControllerId): Promise<Configuration | null> {
    // One transaction: the parts of one revision, never of two.
    return withTransaction(this.#database.writable, async (tx) => {
      await tx.query("set transaction isolation level repeatable read, read only");
      const { rows } = await tx.query<ControllerRow>(LOAD_CONTROLLER, [controllerId]);
      const controller = rows[0];
      if (controller === undefined || controller.revision === null) return null;
      const { rows: devices } = await tx.query(LOAD_DEVICES, [controller.id]);
      const { rows: channels } = await tx.query(LOAD_CHANNELS, [controller.id]);
      const documents = async (query: string) =>
        (await tx.query<{ config: unknown }>(query, [controller.id])).rows.map(({ config }) => config);
      const loops = await documents(LOAD_LOOPS);
      const modes = await documents(LOAD_MODES);
      const alarms = await documents(LOAD_ALARMS);
      const targets = await documents(LOAD_TARGETS);
      const { rows: settings } = await tx.query<SettingRow>(LOAD_SETTINGS, [controller.id]);
      const { tank, alarms: areKept, notifications } = Object.fromEntries(settings.map((s) => [s.name, s.value]));
      const { id: _, ...whole } = controller;
      // A configuration of before there were tank settings has no row of them: the schema knows what it takes then.
      return parsed({
        ...whole,
        ...(tank === undefined ? {} : { tank }),
        devices,
        channels,
        loops,
        modes,
        alarms: areKept === "kept" ? alarms : null,
        notifications: { targets, ...(notifications === undefined ? {} : { settings: notifications }) },
      });
    });
  }

  /** Makes the stored configuration this one. Devices and channels that are gone keep their history. */
  save(controllerId: ControllerId, next: Configuration): Promise<void> {
    return withTransaction(this.#database.writable, async (tx) => {
      const controller = await ensureController(tx, controllerId);
      await tx.query(
        "update controller set config_revision = $2, is_acquisition_running = $3, hardware = $4 where id = $1",
        [controller, next.revision, next.isAcquisitionRunning, next.hardware],
      );
      const settings = {
        tank: next.tank,
        notifications: next.notifications.settings,
        alarms: alarmsSetting(next),
      };
      for (const [name, value] of Object.entries(settings))
        await tx.query(SAVE_SETTING, [controller, name, JSON.stringify(value)]);
      await tx.query(SAVE_DEVICES, [controller, JSON.stringify(next.devices.map(placed))]);
      await tx.query(SAVE_CHANNELS, [controller, JSON.stringify(next.channels.map(placed))]);
      await tx.query(SAVE_LOOPS, [controller, JSON.stringify(next.loops.map(asDocument))]);
      await tx.query(SAVE_MODES, [controller, JSON.stringify(next.modes.map(asDocument))]);
      await tx.query(SAVE_ALARMS, [controller, JSON.stringify((next.alarms ?? []).map(asDocument))]);
      await tx.query(SAVE_TARGETS, [controller, JSON.stringify(next.notifications.targets.map(asDocument))]);
    });
  }
}

/** Whether alarms are kept one by one: none at all is another thing than the default ones. */
function alarmsSetting({ alarms }: Configuration): "kept" | "default" {
  return alarms === null ? "default" : "kept";
}

function placed<T extends object>(item: T, position: number): T & { position: number } {
  return { ...item, position };
}

function asDocument<T extends { readonly id: string }>(config: T, position: number) {
  return { id: config.id, position, config };
}

function parsed(stored: unknown): Configuration {
  const result = Configuration.safeParse(stored);
  if (result.success) return result.data;
  throw new ReefFault("internal", "The configuration in the database does not read as one: restore a backup", {
    details: result.error.issues.map((issue) => ({ field: issue.path.join("."), message: issue.message })),
  });
}
