import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeviceChange } from "#contract/devices.ts";
import { firstTankSettings } from "#contract/settings.ts";
import { appRouter } from "#main/api/app-router.ts";
import { openSession } from "#main/api/connection.ts";
import type { Core } from "#main/composition/ports.ts";
import { programFiles } from "#main/composition/program-files.ts";
import { startCore } from "#main/composition/start-core.ts";
import { DRIVERS } from "#main/hardware/registry.ts";
import { RealClock } from "#main/platform/clock.ts";
import { JsonLogger } from "#main/platform/logger.ts";
import { settingsFrom } from "#main/settings/environment.ts";

const KEEPER = { username: "keeper", password: "correct horse battery" };
const lines: string[] = [];
let dataDir: string;
let core: Core;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "reef app "));
  core = await started();
});
afterAll(async () => {
  await core.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The whole core from source, as a host starts it. */
function started(): Promise<Core> {
  const clock = new RealClock();
  return startCore({
    settings: settingsFrom({ REEF_DATA_DIR: dataDir, REEF_HTTP_PORT: "0", REEF_HARDWARE: "simulated" }, dataDir),
    files: programFiles(new URL("../../../src-main/headless/main.ts", import.meta.url).href),
    drivers: DRIVERS,
    version: "1.2.3",
    clock,
    log: new JsonLogger({ sink: { write: (line) => void lines.push(line) }, clock, level: "info" }),
    stopping: new AbortController().signal,
    onFatal: (fault) => {
      throw fault;
    },
  });
}

/** The window's line into the core. */
async function windowOf({ services }: Core) {
  const line = { address: "ipc", whenWritable: async () => {}, close: () => {} };
  return appRouter.createCaller(await openSession(services, line).contextFrom(null));
}

async function signedIn() {
  const window = await windowOf(core);
  await window.auth.login(KEEPER);
  return window;
}

test("the window of a first start makes the first admin and goes on as him; the network is told no code", async () => {
  const response = await fetch(`${core.url}/api/v1/auth/first-run`);
  expect(await response.json()).toEqual({ isNeeded: true, code: null });
  const window = await windowOf(core);
  const { isNeeded, code } = await window.auth.firstRun();
  expect(isNeeded).toBe(true);
  await window.auth.setup({ code: code ?? "", ...KEEPER });
  await window.auth.login(KEEPER);
  expect(await window.users.me()).toMatchObject({ role: "admin", hasPin: false });
  expect(await window.auth.firstRun()).toEqual({ isNeeded: false, code: null });
  const { items } = await window.system.logs({ limit: 1_000 });
  expect(items.length).toBeGreaterThan(3);
  expect(lines.join("")).toContain(code);
  expect(JSON.stringify(items)).not.toContain(code);
});

test("devices.live tells of a device that is disabled, enabled, has a channel renamed and is removed", async () => {
  const window = await signedIn();
  const feed = (await window.devices.live()) as AsyncGenerator<DeviceChange, void, void>;
  const next = async () => (await feed.next()).value as DeviceChange;
  const first = await next();
  const device = first.kind === "all" ? first.devices[0] : undefined;
  if (device === undefined) throw new Error("no device");
  const until = async (fits: (change: DeviceChange) => boolean) => {
    for (let change = await next(); !fits(change); change = await next());
  };
  const stateIs = (state: string) => (change: DeviceChange) =>
    change.kind === "device" && change.device.id === device.id && change.device.status.state === state;
  await window.devices.patch({ id: device.id, isEnabled: false });
  await until(stateIs("disabled"));
  await window.devices.patch({ id: device.id, isEnabled: true });
  await until(stateIs("online"));
  const [channel] = device.channels;
  if (channel === undefined) throw new Error("no channel");
  await window.channels.patch({ id: channel.id, name: "Renamed" });
  await until((change) => change.kind === "device" && change.device.channels.some((c) => c.name === "Renamed"));
  const { id } = await window.devices.create({ type: "host", name: "Host" });
  await until((change) => change.kind === "device" && change.device.id === id);
  await window.devices.delete({ id });
  await until((change) => change.kind === "removed" && change.id === id);
  await feed.return();
  expect(core.services.subscriptions.open().get("devices.live")).toBe(0);
});

test("tank settings, preferences and a PIN outlive a restart", async () => {
  const before = await signedIn();
  const demo = { systemVolumeL: 400, sumpFreeL: 40, backDrainL: 12 };
  expect(await before.settings.get()).toEqual({ ...firstTankSettings(), ...demo });
  const place = { latitudeDeg: -33.9, longitudeDeg: 151.2 };
  const tank = await before.settings.patch({ tankName: "Bella's reef", timeZone: "Australia/Sydney", place });
  const preferences = await before.users.patchPreferences({ language: "de", dashboard: { hiddenTiles: ["ph"] } });
  await before.users.setPin({ pin: "4711", currentPassword: KEEPER.password });
  await core.stop();
  core = await started();

  const after = await signedIn();
  expect(await after.settings.get()).toEqual(tank);
  expect(await after.users.preferences()).toEqual(preferences);
  expect(await after.users.me()).toMatchObject({ hasPin: true });
  expect(await after.auth.verifyPin({ pin: "4711" })).toEqual({ ok: true });
});
