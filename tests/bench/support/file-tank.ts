import { watch } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pause } from "./bench.ts";

export const SETPOINT_C = 25.5;
export const HYSTERESIS_C = 0.05;
/** Either side of the thermostat's differential, and so close that no rate rule takes the step for a fault. */
const COLD_C = 25.4;
const WARM_C = 25.6;
/** A poll period apart at the least, so that every phase of it is met. */
const SHORTEST_REST_MS = 150;
const LONGEST_REST_MS = 350;
const GIVE_UP_MS = 5_000;

export interface ControlledFiles {
  readonly probe: string;
  readonly relay: string;
}

/** Probes and relays that are files, and the hand that warms and cools them. */
export class FileTank {
  readonly setpointC = SETPOINT_C;
  readonly hysteresisC = HYSTERESIS_C;
  readonly folder: string;
  readonly controlled: readonly ControlledFiles[];
  readonly others: readonly string[];

  private constructor(folder: string, controlled: readonly ControlledFiles[], others: readonly string[]) {
    this.folder = folder;
    this.controlled = controlled;
    this.others = others;
  }

  static async lay(
    folder: string,
    counts: { readonly controlled: number; readonly sensors: number },
  ): Promise<FileTank> {
    await mkdir(folder, { recursive: true });
    const indices = (count: number) => Array.from({ length: count }, (_, i) => String(i).padStart(2, "0"));
    for (const i of indices(counts.controlled)) {
      await writeFile(join(folder, `controlled-${i}`), `${WARM_C}`);
      await writeFile(join(folder, `relay-${i}`), "0");
    }
    for (const i of indices(counts.sensors - counts.controlled))
      await writeFile(join(folder, `other-${i}`), `${SETPOINT_C}`);
    return FileTank.at(folder);
  }

  /** The one that was laid there, as another process sees it. */
  static async at(folder: string): Promise<FileTank> {
    const names = (await readdir(folder)).sort();
    const those = (prefix: string) => names.filter((n) => n.startsWith(prefix)).map((n) => join(folder, n));
    const relays = those("relay-");
    const controlled = those("controlled-").map((probe, i) => ({ probe, relay: relays[i] ?? "" }));
    return new FileTank(folder, controlled, those("other-"));
  }

  /** Warms and cools every controlled probe at random moments. @returns how long each relay took to follow, ms */
  async latenciesMs(forMs: number): Promise<number[]> {
    const endMs = performance.now() + forMs;
    const each = await Promise.all(this.controlled.map((files) => follow(files, endMs)));
    return each.flat();
  }
}

async function follow({ probe, relay }: ControlledFiles, endMs: number): Promise<number[]> {
  const latencies: number[] = [];
  let isOn = (await readFile(relay, "utf8")) === "100";
  while (performance.now() < endMs) {
    await pause(SHORTEST_REST_MS + Math.random() * (LONGEST_REST_MS - SHORTEST_REST_MS));
    isOn = !isOn;
    const followed = contentBecomes(relay, isOn ? "100" : "0");
    const fromMs = performance.now();
    await replaceText(probe, `${isOn ? COLD_C : WARM_C}`);
    latencies.push((await followed) - fromMs);
  }
  return latencies;
}

/** Whole at once: a reader never sees half of it. */
async function replaceText(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/** @returns when it did, by performance.now() @throws where it does not within 5 s */
function contentBecomes(path: string, wanted: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const watcher = watch(path, async () => {
      const atMs = performance.now();
      // A benchmark that ends early takes its files along.
      const text = await readFile(path, "utf8").catch(() => null);
      if (text === wanted) done(() => resolve(atMs));
    });
    const timer = setTimeout(() => done(() => reject(new Error(`${path} did not become ${wanted}`))), GIVE_UP_MS);
    const done = (settle: () => void) => {
      watcher.close();
      clearTimeout(timer);
      settle();
    };
  });
}
