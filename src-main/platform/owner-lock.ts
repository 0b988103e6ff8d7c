import { createHash } from "node:crypto";
import { chmod, mkdir, stat, unlink } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReefFault } from "#contract/errors.ts";
import type { Clock, Stoppable } from "./ports.ts";
import { after } from "./timing.ts";

/** sun_path holds 108 bytes with its terminator (unix(7)). */
const MAX_SOCKET_PATH_BYTES = 107;
const PROBE_MS = 1_000;

/** Who owns what the lock stands for, as it answers a probe. */
export interface Owner {
  readonly pid: number;
  /** Where its API listens; null until it does. */
  readonly url: string | null;
}

/** Where the lock of `name` listens: inside `folder`, or, where that path is too long for a socket, in the temporary folder. */
export async function lockPath(folder: string, name: string): Promise<string> {
  const digest = createHash("sha256").update(`${folder}/${name}`).digest("hex").slice(0, 16);
  if (process.platform === "win32") return `\\\\.\\pipe\\bellas-reef-${digest}`;
  const wanted = join(folder, `${name}.sock`);
  if (Buffer.byteLength(wanted) <= MAX_SOCKET_PATH_BYTES) return wanted;
  const runtime = join(tmpdir(), "bellas-reef");
  await mkdir(runtime, { recursive: true, mode: 0o700 });
  return join(runtime, `${digest}.sock`);
}

/**
 * One owner at a time, by a listening socket that is probed by connecting: a lock dies with its process, and a pid
 * that was given out again cannot fool it. Every connection is answered with the owner as one line of JSON.
 */
export class OwnerLock implements Stoppable {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #mode: number;
  #server: Server | null = null;
  #url: string | null = null;

  /** @param mode who may ask who the owner is: other users need 0666 */
  constructor(path: string, clock: Clock, mode = 0o600) {
    this.#path = path;
    this.#clock = clock;
    this.#mode = mode;
  }

  /** @throws ReefFault already-running, naming the owner's pid and URL */
  async start(): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      const server = await this.#listen();
      if (server !== null) {
        this.#server = server;
        if (process.platform !== "win32") await chmod(this.#path, this.#mode);
        return;
      }
      const found = await identityOf(this.#path);
      const owner = await this.#probe();
      if (owner !== null) throw alreadyRunning(owner);
      // Remove the file that was probed, and not one that another starter has put there meanwhile.
      if (found !== null && (await identityOf(this.#path)) === found)
        await unlink(this.#path).catch(() => undefined);
    }
    throw new ReefFault(
      "already-running",
      `The lock ${this.#path} can be neither taken nor asked; remove that file if nothing runs.`,
    );
  }

  /** Says where the owner's API listens, from now on. */
  announce(url: string): void {
    this.#url = url;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #listen(): Promise<Server | null> {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.end(`${JSON.stringify({ pid: process.pid, url: this.#url } satisfies Owner)}\n`);
    });
    return new Promise((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => {
        if (error.code === "EADDRINUSE") resolve(null);
        else
          reject(
            new ReefFault("already-running", `The lock ${this.#path} cannot be made: ${error.message}.`, {
              cause: error,
            }),
          );
      });
      server.listen(this.#path, () => {
        server.unref();
        resolve(server);
      });
    });
  }

  /** @returns the owner, or null where nobody listens (what is there is stale) */
  #probe(): Promise<Owner | null> {
    return new Promise((resolve) => {
      const socket = createConnection(this.#path);
      let text = "";
      const done = (owner: Owner | null) => {
        cancel();
        socket.destroy();
        resolve(owner);
      };
      // A socket that accepts and says nothing belongs to somebody who lives, if only just.
      const cancel = after(this.#clock, PROBE_MS, () => done({ pid: 0, url: null }));
      socket.setEncoding("utf8");
      socket.on("data", (part: string) => {
        text += part;
      });
      socket.on("end", () => done(ownerFrom(text)));
      socket.on("error", (error: NodeJS.ErrnoException) =>
        done(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? null : { pid: 0, url: null }),
      );
    });
  }
}

/** Tells one file from the next at the same path; inode numbers alone are given out again at once. */
async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found === null ? null : `${found.ino}:${found.ctimeMs}`;
}

function ownerFrom(text: string): Owner {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === "object" && said !== null && "pid" in said && "url" in said) {
      return { pid: Number(said.pid), url: typeof said.url === "string" ? said.url : null };
    }
  } catch {
    // What answers is alive, whatever it says.
  }
  return { pid: 0, url: null };
}

function alreadyRunning({ pid, url }: Owner): ReefFault {
  const where = url === null ? "" : ` at ${url}`;
  return new ReefFault(
    "already-running",
    `Another Bella's Reef (process ${pid})${where} owns this data already; use that one, or stop it first.`,
    { context: { pid, url: url ?? "" } },
  );
}
