import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ApiClient } from "#tests/api-client.ts";
import { HeadlessHost, kill, newDataDir, until } from "#tests/headless-host.ts";
import { channelOf, demoTank, rowsBetween, sleepMs } from "#tests/reef.ts";

/** What a person reads: everything on stderr that is no log line. */
const wordsOf = (host: HeadlessHost) =>
  host.stderr
    .trim()
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("{"));

async function heaterOn(host: HeadlessHost): Promise<void> {
  const client = await ApiClient.signedIn(host);
  const { id } = channelOf(await demoTank(client), "heater");
  await client.patch(`/channels/${id}`, { guards: { minOffS: 0, minOnS: 0 } });
  await until("the heater to be on", 10_000, async () =>
    (await client.get(`/outputs/${id}`)).body.actual === 100 ? true : undefined,
  );
}

function expectSafe(host: HeadlessHost): void {
  const heater = host.logs().filter((line) => line["name"] === "Heater");
  expect(heater.at(-1)).toMatchObject({ message: "output is in its safe state", levelPct: 0 });
  expect(host.logs().at(-1)?.message).toBe("stopped");
  expect(wordsOf(host)).toEqual([]);
}

test.concurrent("Ctrl-C, a closed terminal and an impatient supervisor: the heater is off, everything is stopped, exit 0 within 5 s (Failsafe state)", async ({
  onTestFinished,
}) => {
  const dataDir = await newDataDir();
  for (const signals of [["SIGINT"], ["SIGHUP"], ["SIGTERM", "SIGTERM", "SIGINT"]] as const) {
    const host = await HeadlessHost.start({ dataDir });
    onTestFinished(() => host.dispose());
    await heaterOn(host);
    const fromMs = performance.now();
    for (const signal of signals) {
      host.child.kill(signal);
      await sleepMs(20);
    }
    expect(await host.exited).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - fromMs).toBeLessThan(5_000);
    expectSafe(host);
    expect(await host.postgresPids()).toEqual([]);
  }
});

test.concurrent("told to stop while it is starting, at whatever moment, it leaves nothing running and starts again (Failsafe state)", async ({
  onTestFinished,
}) => {
  const dataDir = await newDataDir();
  for (const afterMs of [0, 100, 250, 400, 600, 900, 150, 300]) {
    const host = await HeadlessHost.spawn({ dataDir });
    onTestFinished(() => host.dispose());
    await sleepMs(afterMs);
    const hasBegun = host.logs().length > 0;
    const { code, signal, tookMs } = await host.stop();
    // Before its first line of code runs, the signal ends it as any process.
    expect(signal === "SIGTERM" || code === 0).toBe(true);
    if (hasBegun) expect([afterMs, code]).toEqual([afterMs, 0]);
    expect(tookMs).toBeLessThan(5_000);
    expect(wordsOf(host)).toEqual([]);
    expect(await host.postgresPids()).toEqual([]);
  }
  const host = await HeadlessHost.start({ dataDir });
  onTestFinished(() => host.dispose());
  const client = await ApiClient.signedIn(host);
  expect((await client.get("/devices")).body.items).toHaveLength(1);
  expect((await client.get("/health")).body.checks.outputs.status).toBe("ok");
});

test.concurrent("a port that is taken stops the start with one line that names it, and leaves nothing behind (Config validation)", async ({
  onTestFinished,
}) => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  const address = other.address();
  const port = typeof address === "object" ? String(address?.port) : "";
  const host = await HeadlessHost.spawn({ env: { REEF_HTTP_PORT: port } });
  onTestFinished(() => host.dispose());
  expect(await host.exited).toMatchObject({ code: 1 });
  expect(wordsOf(host)).toEqual([expect.stringMatching(new RegExp(`${port}.*REEF_HTTP_PORT`))]);
  expect(host.stdout).toBe("");
  expect(await host.postgresPids()).toEqual([]);
  const heater = host.logs().filter((line) => line["name"] === "Heater");
  expect(heater.at(-1)).toMatchObject({ message: "output is in its safe state", levelPct: 0 });
});

test.concurrent("a wrong key, no key, a damaged store: one line says so, exit 1, and nothing there is touched (Credential encryption)", async ({
  onTestFinished,
}) => {
  const first = await HeadlessHost.start();
  onTestFinished(() => first.dispose());
  await first.stop();
  const [key, store] = [join(first.dataDir, "local.key"), join(first.dataDir, "local.db")];
  const whole = { key: await readFile(key), store: await readFile(store) };
  const damaged = Buffer.concat([whole.store.subarray(0, 4_096), randomBytes(whole.store.length - 4_096)]);
  const put = async (files: { key: Buffer | null; store: Buffer | null }) => {
    for (const [path, bytes] of [
      [key, files.key],
      [store, files.store],
    ] as const) {
      if (bytes === null) await rm(path, { force: true });
      else await writeFile(path, bytes, { mode: 0o600 });
    }
  };
  const hashes = () =>
    Promise.all(
      [key, store].map(async (path) =>
        createHash("sha256")
          .update(await readFile(path).catch(() => "none"))
          .digest("hex"),
      ),
    );
  for (const [files, words] of [
    [{ ...whole, key: Buffer.from(`${randomBytes(32).toString("hex")}\n`) }, /local\.key.*does not open/],
    [{ ...whole, key: Buffer.from("not a key") }, /local\.key does not hold a key/],
    [{ ...whole, key: null }, /key of the local store is missing.*local\.key/],
    [{ ...whole, store: damaged }, /local\.db.*damaged/],
    [{ ...whole, store: Buffer.from("SQLite format 3\0 but not really") }, /local\.db.*damaged/],
    [{ ...whole, store: Buffer.alloc(0) }, /local\.db.*damaged/],
  ] as const) {
    await put(files);
    const before = await hashes();
    const refused = await HeadlessHost.spawn({ dataDir: first.dataDir });
    expect([words, (await refused.exited).code]).toEqual([words, 1]);
    expect(wordsOf(refused)).toEqual([expect.stringMatching(words)]);
    expect(refused.stdout).toBe("");
    expect(refused.stderr).not.toContain(whole.key.toString().trim());
    expect(await hashes()).toEqual(before);
  }
  await put(whole);
  const again = await HeadlessHost.start({ dataDir: first.dataDir });
  onTestFinished(() => again.dispose());
  expect((await (await ApiClient.signedIn(again)).get("/devices")).body.items).toHaveLength(1);
});

test.concurrent("with its local store in memory only it runs, and says that it is no state to stay in (Health endpoint)", async ({
  onTestFinished,
}) => {
  const host = await HeadlessHost.start({ env: { REEF_LOCAL_STORE: "memory" } });
  onTestFinished(() => host.dispose());
  const client = await ApiClient.signedIn(host);
  const { body } = await client.get("/health");
  expect(body).toMatchObject({ status: "degraded", checks: { localStore: { status: "degraded" } } });
  expect(body.checks.localStore.detail).toMatch(/memory/);
  await heaterOn(host);
  expect((await client.post("/devices", { type: "host", name: "Here" })).status).toBe(201);
  expect(await readFile(join(host.dataDir, "local.db")).catch(() => null)).toBeNull();
  expect(await host.stop()).toMatchObject({ code: 0 });
});

/** Stands in for the shipped systemd unit (Restart=always, RestartSec=1), which a test cannot install. */
class Supervisor {
  starts = 0;
  host: HeadlessHost | null = null;
  #isOver = false;
  readonly #dataDir: string;
  readonly done: Promise<void>;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.done = this.#run();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.host?.dispose();
    await this.done;
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      this.host = await HeadlessHost.spawn({ dataDir: this.#dataDir });
      this.starts += 1;
      await this.host.exited;
      if (!this.#isOver) await sleepMs(1_000);
    }
  }
}

test.concurrent("killed under a supervisor it is back within 10 s each time, takes its own Postgres over, and keeps what was stored (Setup/start scripts)", async ({
  onTestFinished,
}) => {
  const supervisor = new Supervisor(await newDataDir());
  onTestFinished(() => supervisor.stop());
  const shown = new Set<string>();
  for (let kills = 0; kills < 3; kills++) {
    const host = await until(
      "a start",
      5_000,
      async () => (supervisor.starts > kills ? supervisor.host : null) ?? undefined,
    );
    await host.ready(10_000);
    const client = await ApiClient.signedIn(host);
    const { id } = channelOf(await demoTank(client), "display-temperature");
    const rows = await until("new rows", 10_000, async () => {
      const found = await rowsBetween(client, id, { fromMs: 0, toMs: Date.now() });
      return found.length >= shown.size + 2 ? found : undefined;
    });
    const kept = new Set(rows.map((row) => row.at));
    expect([...shown].filter((at) => !kept.has(at))).toEqual([]);
    for (const at of kept) shown.add(at);
    const names = (await client.get("/loops")).body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...new Set(names)]);
    await heaterOn(host);
    kill(host.pid, "SIGKILL");
    await host.exited;
  }
  expect(supervisor.starts).toBeGreaterThanOrEqual(3);
});
