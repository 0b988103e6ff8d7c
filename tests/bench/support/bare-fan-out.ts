import { once } from "node:events";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { type WebSocket, WebSocketServer } from "ws";
import { deadlineLoop } from "./deadline-loop.ts";
import { machineMs } from "./machine-clock.ts";

/*
 * B16's floor: as many samples at the same rate, each made into text once and sent to every socket. No validation, no
 * sign-in, no history; a client that is slow fills the memory.
 */
const [count = 0, periodMs = 0] = process.argv.slice(2).map(Number);
const clients = new Set<WebSocket>();
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await once(server, "listening");
server.on("connection", (client) => {
  clients.add(client);
  client.on("close", () => clients.delete(client));
});
for (let probe = 0; probe < count; probe++) {
  const sample = () => {
    const reading = { channelId: `probe-${probe}`, value: machineMs(), unit: "", quality: "good" };
    const text = JSON.stringify({ ...reading, takenAt: new Date().toISOString() });
    for (const client of clients) client.send(text);
  };
  deadlineLoop(periodMs, sample, Math.floor((probe * periodMs) / count));
}
process.once("SIGTERM", () => process.exit(0));
const { port } = server.address() as AddressInfo;
process.stdout.write(`${JSON.stringify({ event: "ready", url: `http://127.0.0.1:${port}`, pid: process.pid })}\n`);
