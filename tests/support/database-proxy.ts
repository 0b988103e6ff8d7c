import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type pg from "pg";

/** A TCP door to a PostgreSQL on a Unix socket, which can be shut: for the program behind it the server is gone. */
export class DatabaseProxy {
  readonly #target: string;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  port = 0;

  constructor({ host = "", port = 5432 }: pg.ClientConfig) {
    this.#target = join(host, `.s.PGSQL.${port}`);
  }

  async open(): Promise<void> {
    const server = createServer((socket) => this.#pass(socket));
    server.listen(this.port, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address !== null && typeof address === "object") this.port = address.port;
    this.#server = server;
  }

  /** Every connection breaks, and no new one is answered. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (server === null) return;
    server.close();
    await once(server, "close");
  }

  #pass(near: Socket): void {
    const far = connect(this.#target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}

/** Its address as a keeper writes it. */
export function databaseUrl(
  config: pg.ClientConfig,
  { port, password }: { port: number; password?: string },
): string {
  const secret = encodeURIComponent(password ?? String(config.password));
  return `postgres://${encodeURIComponent(config.user ?? "")}:${secret}@127.0.0.1:${port}/${config.database}`;
}
