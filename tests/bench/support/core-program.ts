import { writeSync } from "node:fs";
import process from "node:process";
import { programFiles } from "#main/composition/program-files.ts";
import { startCore } from "#main/composition/start-core.ts";
import { DRIVERS } from "#main/hardware/registry.ts";
import { RealClock } from "#main/platform/clock.ts";
import { JsonLogger } from "#main/platform/logger.ts";
import { settingsFrom } from "#main/settings/environment.ts";
import { CLOCK_DRIVER } from "./clock-probe.ts";
import { crossLimits } from "./crossings.ts";
import { FILE_DRIVERS } from "./file-drivers.ts";
import { PUSH_DRIVERS, PUSHED } from "./push-drivers.ts";
import { pushAcross } from "./pushes.ts";

/*
 * The real core with the benchmarks' drivers beside its own, as a process of its own: settings come from the environment, and
 * it says that it is ready as the headless host does. With --tell it writes the instant of every reading, one a line; with
 * --push, at each SIGUSR2, how long each of many pushed readings took to reach a driver; with --cross, when each of many crossed
 * limits was durable.
 */
const clock = new RealClock();
const core = await startCore({
  settings: settingsFrom(process.env, ""),
  files: programFiles(new URL("../../../src-main/headless/main.ts", import.meta.url).href),
  drivers: [...DRIVERS, ...FILE_DRIVERS, ...PUSH_DRIVERS, CLOCK_DRIVER],
  version: "bench",
  clock,
  log: new JsonLogger({ sink: process.stderr, clock, level: "warn" }),
  stopping: new AbortController().signal,
  onFatal: (fault) => {
    throw fault;
  },
});
process.once("SIGTERM", () => void core.stop().then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ event: "ready", url: core.url, pid: process.pid })}\n`);
if (process.argv.includes("--tell")) {
  // At once and whole, so that a kill leaves no line unsaid.
  core.services.readings.subscribe("bench", ({ takenAtMs, quality }) => {
    if (quality === "good") writeSync(1, `${takenAtMs}\n`);
  });
}
if (process.argv.includes("--push")) {
  process.on("SIGUSR2", async () => {
    const probe = core.services.channels.list({}).find(({ name }) => name === PUSHED.name);
    const latenciesMs = probe === undefined ? [] : await pushAcross(core.services.readings, probe.id);
    process.stdout.write(`${JSON.stringify({ event: "pushed", latenciesMs })}\n`);
  });
}
if (process.argv.includes("--cross")) {
  process.on("SIGUSR2", async () => {
    const { services } = core;
    const crossed = services.alarms.list().find(({ name }) => name === "Crossed");
    const channelId = crossed?.channelId ?? null;
    const crossings =
      crossed === undefined || channelId === null ? [] : await crossLimits(services, channelId, crossed.id);
    process.stdout.write(`${JSON.stringify({ event: "crossed", crossings })}\n`);
  });
}
