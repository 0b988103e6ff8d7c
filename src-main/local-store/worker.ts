import { parentPort } from "node:worker_threads";
import type { SpooledBatch, StoreFile, StoreOperations, StoreReply, StoreRequest } from "./protocol.ts";
import { StoreDatabase } from "./store-database.ts";
import { faultFrom, StoreFault } from "./store-fault.ts";
import { StoreSpool } from "./store-spool.ts";

/** The local store's thread: SQLite is synchronous, so it is kept off the loop that controls the tank. */
let opened: { readonly db: StoreDatabase; readonly spool: StoreSpool } | null = null;

function store(): NonNullable<typeof opened> {
  if (opened === null) throw new StoreFault("store-unavailable", "The local store is not open.");
  return opened;
}

const operations: StoreOperations = {
  create(file: StoreFile) {
    StoreDatabase.open(file).close();
    return null;
  },
  open(file: StoreFile) {
    const db = StoreDatabase.open(file);
    opened = { db, spool: new StoreSpool(db, file.spoolLimitBytes) };
    return null;
  },
  sql: ({ statement, params }) => store().db.call(statement, params),
  together(calls) {
    const { db } = store();
    db.transaction(() => {
      for (const { statement, params } of calls) db.call(statement, params);
    });
    return null;
  },
  push(batch) {
    store().spool.push(batch);
    return null;
  },
  peek: ({ batches, rows }) => store().spool.peek(batches, rows),
  dropThrough({ sequence }) {
    store().spool.dropThrough(sequence);
    return null;
  },
  size: () => store().spool.size(),
  lastSequence: () => store().spool.lastSequence(),
  probe() {
    store().spool.probe();
    return null;
  },
  close() {
    opened?.db.close();
    opened = null;
    return null;
  },
};

function replyTo({ id, operation, input }: StoreRequest): StoreReply {
  try {
    return { id, answer: operations[operation](input as never) };
  } catch (error) {
    return { id, fault: faultFrom(error) };
  }
}

parentPort?.on("message", (request: StoreRequest) => {
  const reply = replyTo(request);
  const handedOver =
    request.operation === "peek" && "answer" in reply
      ? (reply.answer as readonly SpooledBatch[]).map((batch) => batch.payload)
      : [];
  parentPort?.postMessage(reply, handedOver);
  if (request.operation === "close") parentPort?.close();
});
