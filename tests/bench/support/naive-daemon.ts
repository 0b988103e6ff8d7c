import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import pg from "pg";
import { type WebSocket, WebSocketServer } from "ws";
import { startPostgres } from "./postgres-server.ts";

/*
 * B14's floor: the daemon one would write in an afternoon. A timer for each of 50 sensors reads its file, compares the
 * value with two limits, inserts a row, and sends it to whoever is connected. It validates nothing, calibrates nothing,
 * keeps no rollups and no outputs, and loses what it cannot insert.
 */
const SENSORS = 50;
const LOW_C = 24.4;
const HIGH_C = 26.7;
const postgres = await startPostgres();
const pool = new pg.Pool({ ...postgres.config, max: 5 });
await pool.query(
  "create table reading (id bigserial primary key, sensor int, taken_at timestamptz default now(), value float8)",
);
await pool.query("create index on reading (sensor, taken_at)");
await pool.query(
  "create table alarm (id bigserial primary key, sensor int, raised_at timestamptz default now(), value float8)",
);

const folder = join(postgres.dataDir, "sensors");
await mkdir(folder);
for (let sensor = 0; sensor < SENSORS; sensor++) await writeFile(join(folder, `${sensor}`), "25.5");

const clients = new Set<WebSocket>();
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
await once(server, "listening");
server.on("connection", (client) => {
  clients.add(client);
  client.on("close", () => clients.delete(client));
});

for (let sensor = 0; sensor < SENSORS; sensor++) {
  setInterval(async () => {
    const value = Number(await readFile(join(folder, `${sensor}`), "utf8"));
    await pool.query("insert into reading (sensor, value) values ($1, $2)", [sensor, value]);
    if (value < LOW_C || value > HIGH_C)
      await pool.query("insert into alarm (sensor, value) values ($1, $2)", [sensor, value]);
    for (const client of clients)
      client.send(JSON.stringify({ sensor, value, takenAt: new Date().toISOString() }));
  }, 1_000);
}
process.once("SIGTERM", async () => {
  await pool.end();
  await postgres.stop();
  process.exit(0);
});
const address = server.address();
const port = typeof address === "object" && address !== null ? address.port : 0;
process.stdout.write(`${JSON.stringify({ event: "ready", url: `http://127.0.0.1:${port}`, pid: process.pid })}\n`);
