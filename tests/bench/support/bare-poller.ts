import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { deadlineLoop } from "./deadline-loop.ts";
import { FileTank, HYSTERESIS_C, SETPOINT_C } from "./file-tank.ts";

/*
 * B2's floor: reads the same files at the same rates and switches the same relays, with nothing in between: no
 * validation, no arbiter, no interlock, no history.
 */
const tank = await FileTank.at(process.argv[2] ?? "");
for (const { probe, relay } of tank.controlled) {
  let written = "0";
  const control = async (): Promise<void> => {
    const valueC = Number(await readFile(probe, "utf8"));
    const wanted = valueC < SETPOINT_C - HYSTERESIS_C ? "100" : valueC > SETPOINT_C + HYSTERESIS_C ? "0" : written;
    if (wanted === written) return;
    written = wanted;
    await writeFile(relay, wanted);
  };
  deadlineLoop(100, () => void control());
}
for (const path of tank.others) deadlineLoop(1_000, () => void readFile(path, "utf8"));
process.stdout.write(`${JSON.stringify({ event: "ready", url: "", pid: process.pid })}\n`);
