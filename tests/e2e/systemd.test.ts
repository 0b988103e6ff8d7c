import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { HeadlessHost, until } from "#tests/headless-host.ts";

// The stand-in for systemd: a `systemd-notify` of our own on the PATH that writes down what it was asked to say.
test("a supervisor hears READY when the tank is run, WATCHDOG while the main loop turns, and STOPPING", async () => {
  const folder = await mkdtemp(join(tmpdir(), "reef-systemd-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const said = join(folder, "said.txt");
  await writeFile(join(folder, "systemd-notify"), `#!/bin/sh\necho "$@" >> "${said}"\n`);
  await chmod(join(folder, "systemd-notify"), 0o755);
  const host = await HeadlessHost.start({
    env: { PATH: `${folder}:${process.env["PATH"]}`, NOTIFY_SOCKET: "/run/nobody", WATCHDOG_USEC: "3000000" },
  });
  onTestFinished(() => host.dispose());
  const words = async () => (await readFile(said, "utf8").catch(() => "")).trim().split("\n");
  await until("two watchdog words", 10_000, async () =>
    (await words()).filter((w) => w.endsWith("WATCHDOG=1")).length >= 2 ? true : undefined,
  );
  expect((await words())[0]).toBe(`--pid=${host.pid} READY=1`);
  await host.stop();
  await until("the last word", 5_000, async () =>
    (await words()).at(-1)?.endsWith("STOPPING=1") ? true : undefined,
  );
});
