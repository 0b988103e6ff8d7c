import { Worker } from "node:worker_threads";

/** The store's thread asks for little; small generations keep the program's footprint down. */
const LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };
/** What it has to say it says by message; streams of its own would have the terminal's code loaded at every start. */
const STREAMS = { stdout: true, stderr: true };

const begun = new Map<string, Worker>();

/**
 * Begins the store's thread before there is a store: a thread takes as long to start as the core to load, and the two
 * go on side by side. It opens nothing until it is told, and keeps no process alive until a store takes it.
 */
export function beginStoreThread(url: URL): void {
  const thread = newThread(url);
  thread.unref();
  begun.set(url.href, thread);
  // One that cannot start is no loss: the store begins another, and hears why that one cannot.
  thread.once("error", () => begun.delete(url.href));
}

/** The thread that was begun for this store, else a new one. */
export function takeStoreThread(url: URL): Worker {
  const thread = begun.get(url.href) ?? newThread(url);
  begun.delete(url.href);
  thread.ref();
  return thread;
}

function newThread(url: URL): Worker {
  return new Worker(url, { name: "local-store", execArgv: [], env: {}, resourceLimits: LIMITS, ...STREAMS });
}
