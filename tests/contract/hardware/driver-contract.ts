import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { ReefFault } from "#contract/errors.ts";
import { ChannelKind, OutputRole, Quantity, SensorRole, UNIT_OF } from "#contract/quantities.ts";
import { paramsSchemaOf } from "#main/hardware/params-schema.ts";
import type { ChannelSpec, DeviceDriver, DriverContext, DriverDefinition, Sample } from "#main/hardware/ports.ts";

/** A driver on a healthy device: its stand-in, or the real one. */
export interface DriverUnderTest<P extends z.ZodType> {
  readonly definition: DriverDefinition<P>;
  /** Parameters as a user would send them, of a device that answers. */
  readonly params: z.input<P>;
  readonly context: DriverContext;
  /** Runs a call to its end where that takes virtual time; by default the call is awaited as it is. */
  readonly run?: <T>(call: Promise<T>) => Promise<T>;
  /** Takes away what `make` laid out. */
  readonly dispose?: () => Promise<void>;
}

interface DriverContract<P extends z.ZodType> {
  readonly name: string;
  readonly make: () => DriverUnderTest<P> | Promise<DriverUnderTest<P>>;
}

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DRIVERS_FOLDER = join(import.meta.dirname, "../../../src-main/hardware/drivers");
/** One `name: text` a line each; what they say is in docs of the driver's quality file. */
const QUALITY_FIELDS = [
  "datasheet",
  "range-and-unit",
  "timeout-ms",
  "minimum-interval-ms",
  "rejects",
  "lost-and-back",
  "contract-suite",
  "simulated-twin",
  "known-limits",
  "seen-on-hardware",
];

/** What every driver promises (hardware/ports.ts), asked of one that has a healthy device in front of it. */
export function driverContract<P extends z.ZodType>({ name, make }: DriverContract<P>): void {
  describe(`${name} keeps the driver contract`, () => {
    let subject: DriverUnderTest<P>;
    let driver: DeviceDriver;
    const live = new AbortController().signal;
    const run = <T>(call: Promise<T>) => (subject.run ?? ((it: Promise<T>) => it))(call);
    const open = () => run(driver.open(live));

    beforeEach(async () => {
      subject = await make();
      driver = subject.definition.create(subject.definition.params.parse(subject.params), subject.context);
    });
    afterEach(async () => {
      await run(driver.close());
      await subject.dispose?.();
    });

    test("opens with unique kebab-case channels in stored units", async () => {
      const channels = await open();
      expect(new Set(channels.map((channel) => channel.key)).size).toBe(channels.length);
      for (const channel of [...channels, ...subject.definition.channels]) expectSoundChannel(channel);
    });

    test("may be opened again after closing", async () => {
      const first = await open();
      await run(driver.close());
      expect((await open()).map((channel) => channel.key)).toEqual(first.map((channel) => channel.key));
    });

    test("answers what was asked, in numbers or with a reason", async () => {
      const keys = sensorKeys(await open());
      const samples = await run(driver.sample(keys, live));
      expect(new Set(samples.keys())).toEqual(new Set(keys));
      for (const sample of samples.values()) expectSoundSample(sample);
    });

    test("answers nothing that was not asked", async () => {
      const keys = sensorKeys(await open());
      for (const key of keys.slice(0, 3)) {
        expect([...(await run(driver.sample([key], live))).keys()]).toEqual([key]);
      }
      expect((await run(driver.sample([], live))).size).toBe(0);
    });

    test("never has a value for a channel it does not know", async () => {
      await open();
      const samples = await run(driver.sample(["no-such-channel"], live)).catch(onlyFaults);
      expect(samples?.get("no-such-channel") ?? {}).not.toHaveProperty("value");
    });

    test("takes overlapping samples", async () => {
      const keys = sensorKeys(await open());
      const [one, two] = await run(Promise.all([driver.sample(keys, live), driver.sample(keys, live)]));
      expect([one.size, two.size]).toEqual([keys.length, keys.length]);
    });

    test("settles a call whose signal is already aborted, and goes on working", async () => {
      const keys = sensorKeys(await open());
      await run(driver.sample(keys, AbortSignal.abort())).catch(onlyFaults);
      expect((await run(driver.sample(keys, live))).size).toBe(keys.length);
    });

    test("closes twice, and before it was ever opened", async () => {
      await run(driver.close());
      await open();
      await run(driver.close());
      await run(driver.close());
    });

    test("reads back the level an output was given", async () => {
      for (const channel of outputsOf(await open())) {
        for (const levelPct of [100, 0]) {
          await run(written(driver, channel.key, levelPct));
          expect([levelPct, null]).toContain(
            await run(driver.readBack?.(channel.key, live) ?? Promise.resolve(null)),
          );
        }
      }
    });

    test("refuses to drive what it does not know, and levels that are none", async () => {
      const channels = await open();
      const refused = [["no-such-channel", 0], ...channels.filter(isSensor).map((channel) => [channel.key, 0])];
      const beyond = outputsOf(channels).flatMap(({ key }) =>
        [-1, 101, Number.NaN].map((levelPct) => [key, levelPct]),
      );
      for (const [key, levelPct] of [...refused, ...beyond]) {
        await expect(run(written(driver, String(key), Number(levelPct)))).rejects.toBeInstanceOf(ReefFault);
      }
    });

    test("drives a switch fully on or off, never between", async () => {
      for (const channel of outputsOf(await open()).filter((output) => output.kind === "switch")) {
        await expect(run(written(driver, channel.key, 50))).rejects.toMatchObject({ code: "invalid" });
      }
    });

    test("refuses unknown parameters and has a JSON Schema that says so", () => {
      const { definition, params } = subject;
      expect(definition.params.safeParse({ ...(params as object), noSuchParameter: 1 }).success).toBe(false);
      expect(definition.params.safeParse(null).success).toBe(false);
      expect(paramsSchemaOf(definition)).toMatchObject({ type: "object", additionalProperties: false });
    });

    test("names its type, its limits in time, and why a machine cannot run it", () => {
      expect(subject.definition.type).toMatch(KEBAB_CASE);
      expect(subject.definition.title.length).toBeGreaterThan(0);
      expect(driver.timeoutMs).toBeGreaterThan(0);
      expect(driver.timeoutMs).toBeLessThanOrEqual(30_000);
      expect(subject.definition.unsupportedReason()).not.toBe("");
    });

    test("has its quality file and its page", async () => {
      const folder = join(DRIVERS_FOLDER, subject.definition.type);
      await access(join(folder, "README.md"));
      const fields = qualityFieldsFrom(await readFile(join(folder, "quality.yaml"), "utf8"));
      for (const field of QUALITY_FIELDS) expect(fields.get(field), field).toMatch(/\S/);
      expect(fields.get("seen-on-hardware")).toMatch(/^(untested-on-hardware|not-applicable|\d{4}-\d\d-\d\d)\b/);
    });
  });
}

function expectSoundChannel(channel: ChannelSpec): void {
  expect(channel.key).toMatch(KEBAB_CASE);
  expect(channel.name.trim()).not.toBe("");
  expect(ChannelKind.options).toContain(channel.kind);
  expect(Quantity.options).toContain(channel.quantity);
  // A generic quantity has the unit its driver's page gives.
  if (channel.quantity !== "generic") expect(channel.unit).toBe(UNIT_OF[channel.quantity]);
  expect(isSensor(channel) ? SensorRole.options : OutputRole.options).toContain(channel.role);
  expect(channel.pollIntervalS).toBeGreaterThanOrEqual(0.1);
}

function expectSoundSample(sample: Sample): void {
  if ("value" in sample) expect(Number.isFinite(sample.value)).toBe(true);
  else expect(sample.message.trim()).not.toBe("");
}

function onlyFaults(error: unknown): undefined {
  expect(error).toBeInstanceOf(ReefFault);
}

const isSensor = (channel: ChannelSpec) => channel.kind === "sensor";
const sensorKeys = (channels: readonly ChannelSpec[]) => channels.filter(isSensor).map((channel) => channel.key);
const outputsOf = (channels: readonly ChannelSpec[]) => channels.filter((channel) => !isSensor(channel));

/** A driver without outputs has no `write`: that refuses everything too. */
function written(driver: DeviceDriver, key: string, levelPct: number): Promise<void> {
  const { signal } = new AbortController();
  return (
    driver.write?.(key, levelPct, signal) ?? Promise.reject(new ReefFault("unsupported", "it has no outputs"))
  );
}

/** The `name: text` lines of a quality file; lists and folded text belong to the line they follow. */
function qualityFieldsFrom(yaml: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let current = "";
  for (const line of yaml.split("\n").filter((text) => !text.startsWith("#"))) {
    const [, name, text] = /^([a-z-]+):\s*(.*)$/.exec(line) ?? [];
    current = name ?? current;
    fields.set(current, `${fields.get(current) ?? ""} ${text ?? line}`.trim());
  }
  return fields;
}
