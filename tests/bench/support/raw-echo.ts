import { once } from "node:events";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { WebSocketServer } from "ws";

/* B15's floor over the network: a message begins with how many characters it wants back, and gets them. */
const answers = new Map<number, string>();
const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
await once(server, "listening");
server.on("connection", (client) => {
  client.on("message", (message: Buffer) => {
    const length = Number.parseInt(message.toString(), 10);
    const answer = answers.get(length) ?? "x".repeat(length);
    answers.set(length, answer);
    client.send(answer);
  });
});
process.once("SIGTERM", () => process.exit(0));
const { port } = server.address() as AddressInfo;
process.stdout.write(`${JSON.stringify({ event: "ready", url: `http://127.0.0.1:${port}`, pid: process.pid })}\n`);
