import { type AddressInfo, createServer, type Socket } from "node:net";
import process from "node:process";

/*
 * Devices on a network, as a process of their own. One port answers, the other takes a question and never says
 * anything. Says both ports in one line of JSON.
 */
const answering = createServer((socket) => {
  socket.on("error", () => socket.destroy());
  socket.once("data", () => socket.end("25.5\n"));
});
const held: Socket[] = [];
const hanging = createServer((socket) => {
  socket.on("error", () => socket.destroy());
  held.push(socket);
});
const ports = await Promise.all(
  [answering, hanging].map(
    (server) =>
      new Promise<number>((resolve) => {
        server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
      }),
  ),
);
process.stdout.write(
  `${JSON.stringify({ event: "ready", url: "", pid: process.pid, answering: ports[0], hanging: ports[1] })}\n`,
);
