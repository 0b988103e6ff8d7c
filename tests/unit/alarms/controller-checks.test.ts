import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import type { ControllerCheck } from "#contract/alarms.ts";
import type { Health, HealthCheck } from "#contract/system.ts";
import { instantFrom } from "#contract/time.ts";
import { ControllerChecks } from "#main/alarms/sources/controller-checks.ts";
import { HealthChecks, UnderVoltage } from "#main/composition/controller-checks.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { alarm } from "#tests/builders/alarm.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A /sys/class/hwmon with a thermometer, and beside it what a test names. */
async function hwmon(detector: string | null) {
  const root = await mkdtemp(join(tmpdir(), "reef-hwmon-"));
  folders.push(root);
  await mkdir(join(root, "hwmon0"));
  await writeFile(join(root, "hwmon0", "name"), "cpu_thermal\n");
  await mkdir(join(root, "hwmon1"));
  const file = join(root, "hwmon1", "in0_lcrit_alarm");
  if (detector !== null) await writeFile(join(root, "hwmon1", "name"), `${detector}\n`);
  return { root, file };
}

/** A look reads a file, which takes as long as it takes. */
async function until(clock: VirtualClock, isSo: () => boolean): Promise<void> {
  await expect.poll(() => clock.advance(10_000).then(isSo), { interval: 5 }).toBe(true);
}

test("a Pi whose 5 V sink says so, and when they are back; a file that cannot be read says nothing", async () => {
  const { root, file } = await hwmon("rpi_volt");
  await writeFile(file, "0\n");
  const clock = new VirtualClock();
  const voltage = new UnderVoltage(clock, root);
  const heard: (boolean | null)[] = [];
  const cancel = voltage.onChange(() => heard.push(voltage.finding()?.isOk ?? null));
  await voltage.start();
  expect(voltage.finding()).toEqual({ isOk: true, text: "The 5 V are well." });
  await writeFile(file, "1\n");
  await until(clock, () => heard.length === 2);
  expect(voltage.finding()).toEqual({ isOk: false, text: "The controller's 5 V are too low." });
  await rm(file);
  await until(clock, () => heard.length === 3);
  expect(voltage.finding()).toBeNull();
  expect(heard).toEqual([true, false, null]);
  cancel();
  await writeFile(file, "0\n");
  await until(clock, () => voltage.finding() !== null);
  expect(heard).toHaveLength(3);
  await voltage.stop();
  expect(clock.nextAtMs()).toBeNull();
});

test.each([
  ["another machine", "nct6775"],
  ["a nameless one", null],
])("%s cannot tell, and is never asked again", async (_, detector) => {
  const { root } = await hwmon(detector);
  const clock = new VirtualClock();
  const voltage = new UnderVoltage(clock, root);
  await voltage.start();
  expect([voltage.finding(), clock.nextAtMs()]).toEqual([null, null]);
  await voltage.stop();
});

test("a machine without hwmon cannot tell either", async () => {
  const voltage = new UnderVoltage(new VirtualClock(), join(tmpdir(), "reef-no-such-hwmon"));
  await voltage.start();
  expect(voltage.finding()).toBeNull();
});

const check = (status: HealthCheck["status"], detail: string): HealthCheck => ({
  status,
  detail,
  since: instantFrom(0),
});
const healthWith = (disk: Health["checks"]["disk"]): Health => {
  const ok = check("ok", "well");
  const checks = { database: ok, acquisition: ok, outputs: ok, clock: ok, disk, localStore: ok };
  return { status: disk.status, checks, version: "0.0.0" };
};

/** One source of change, by hand. */
class Changes<T> {
  readonly listeners = new Set<(value: T) => void>();
  readonly on = (listener: (value: T) => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  say(value: T): void {
    for (const listener of this.listeners) listener(value);
  }
}

function checks() {
  const healths = new Changes<Health>();
  const modes = new Changes<never>();
  const safeMode = { isActive: false, since: null, endsAt: null, crashes: 0, text: "Safe mode is off." };
  const found = new HealthChecks({
    health: { health: () => healthWith(check("ok", "plenty")), onHealthChange: healths.on },
    safeMode: {
      state: () => safeMode,
      onChange: modes.on as (listener: () => void) => () => void,
    },
    voltage: new UnderVoltage(new VirtualClock()),
  });
  const told: ControllerCheck[] = [];
  const cancel = found.onChange((name) => told.push(name));
  return { found, healths, modes, safeMode, told, cancel };
}

test("what /health finds is what alarms hear, check by check, in its own words", () => {
  const { found, healths, told, cancel } = checks();
  expect(found.findingOf("disk")).toEqual({ isOk: true, text: "plenty" });
  healths.say(healthWith(check("degraded", "3 % are left")));
  expect(told).toEqual(["acquisition", "outputs", "database", "clock", "disk", "local-store"]);
  expect(found.findingOf("disk")).toEqual({ isOk: false, text: "3 % are left" });
  expect(found.findingOf("database")).toEqual({ isOk: true, text: "well" });
  expect(found.findingOf("under-voltage")).toBeNull();
  cancel();
  expect(healths.listeners.size).toBe(0);
});

test("safe mode speaks for itself", () => {
  const { found, modes, safeMode, told } = checks();
  expect(found.findingOf("safe-mode")?.isOk).toBe(true);
  Object.assign(safeMode, { isActive: true, text: "It crashed three times." });
  modes.say(undefined as never);
  expect(told).toEqual(["safe-mode"]);
  expect(found.findingOf("safe-mode")).toEqual({ isOk: false, text: "It crashed three times." });
});

test("an alarm of a check rings with the check's own words, and one this machine cannot tell of holds its peace", () => {
  const { found, healths } = checks();
  const source = new ControllerChecks(found);
  const on = (name: ControllerCheck | null) =>
    alarm(1, { kind: "controller", channelId: null, setpoint: null, check: name });
  expect(source.signalOf(on("disk"))?.condition).toBe("clear");
  healths.say(healthWith(check("failing", "no room")));
  expect(source.signalOf(on("disk"))).toMatchObject({
    condition: "violated",
    causes: [{ code: "disk", text: "no room", priority: null }],
  });
  expect(source.signalOf(on("under-voltage"))).toBeNull();
  expect(source.signalOf(on(null))).toBeNull();
});
