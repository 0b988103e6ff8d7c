import process from "node:process";
import { parentPort } from "node:worker_threads";

/** A store's worker that opens, fails each write, hangs or dies once it was told to, dies of a push, and never closes. */
let isFull = false;
let hangs = false;
parentPort?.on("message", ({ id, operation, input }: { id: number; operation: string; input: unknown }) => {
  if (operation === "push") process.exit(1);
  if (operation === "close" || hangs) return;
  const [param] = (input as { params?: readonly unknown[] } | null)?.params ?? [];
  if (param === "fill") isFull = true;
  if (param === "empty") isFull = false;
  if (param === "hang") hangs = true;
  if (param === "die") setImmediate(() => process.exit(1));
  const fault = { code: "store-full", message: "The disk is full." };
  parentPort?.postMessage(isFull ? { id, fault } : { id, answer: [] });
});
