import { parentPort, workerData } from "node:worker_threads";
import { foreseeAlarm } from "./foresee-alarm.ts";
import { foreseeLoop } from "./foresee-loop.ts";
import type { Task } from "./task.ts";

/** A thread for one preview: a month of readings takes seconds, and the loop that controls the tank has none to spare. */
const task = workerData as Task;
parentPort?.postMessage(task.kind === "loop" ? await foreseeLoop(task) : await foreseeAlarm(task));
