import { spawn } from "node:child_process";
import net from "node:net";
import { ReefFault } from "#contract/errors.ts";
import { PORT } from "./layout.ts";
import type { ServerProcess } from "./postmaster.ts";
import { lastWords, openLog } from "./server-log.ts";
import type { Site } from "./site.ts";

/** Small: a controller has one writer and a handful of readers. Durability is never traded for speed. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  shared_buffers: "32MB",
  max_connections: "20",
  max_worker_processes: "2",
  max_parallel_workers_per_gather: "0",
  work_mem: "8MB",
  io_method: "sync",
  jit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "128MB",
  min_wal_size: "32MB",
  wal_compression: "on",
  checkpoint_timeout: "15min",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // A statement may quote a name or a hash: the log gets the error, never the statement.
  log_min_error_statement: "panic",
};

/** A server of ours, with what it said when it ended. */
export interface LaunchedServer extends ServerProcess {
  readonly port: number;
  lastWords(): Promise<string>;
}

/** Starts the server in a process group of its own, so that Ctrl-C and a crash of ours leave it standing. */
export async function launchServer({ binaries, account, layout }: Site): Promise<LaunchedServer> {
  const port = process.platform === "win32" ? await freePort() : PORT;
  const settings = Object.entries({ ...SETTINGS, port: String(port), ...listening(layout.sockets) });
  const options = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = account.command(binaries.postgres, ["-D", layout.cluster, ...options]);
  const log = await openLog(layout.log);
  const { size } = await log.stat();
  const child = spawn(command, args, {
    ...account.spawnOptions,
    detached: true,
    windowsHide: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  let failure: Error | null = null;
  child.once("error", (error) => {
    failure = error;
  });
  child.unref();
  await log.close();
  if (child.pid === undefined)
    throw new ReefFault("unsupported", "The embedded PostgreSQL cannot be started: install the program again");
  return {
    pid: child.pid,
    port,
    isAlive: async () => failure === null && child.exitCode === null && child.signalCode === null,
    lastWords: () => lastWords(layout.log, size),
  };
}

/** Only a Unix socket: nothing on the network. Node cannot use one on Windows, so it is loopback there (never run). */
function listening(sockets: string): Record<string, string> {
  if (process.platform === "win32") return { listen_addresses: "127.0.0.1", unix_socket_directories: "" };
  const quoted = `"${sockets.replaceAll('"', '""')}"`;
  return { listen_addresses: "", unix_socket_directories: quoted, unix_socket_permissions: "0700" };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}
