import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ApiClient } from "#tests/api-client.ts";
import type { HeadlessHost } from "#tests/headless-host.ts";
import { W1Tree } from "#tests/w1-tree.ts";

export interface ShownChannel {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
}

/** Adds a device through the API. @returns its channels @throws what the API answered where it did not take it */
export async function addDevice(
  api: ApiClient,
  type: string,
  name: string,
  params: object,
): Promise<ShownChannel[]> {
  const { status, body } = await api.post("/devices", { type, name, params });
  if (status !== 201) throw new Error(`POST /devices ${type} answered ${status}: ${JSON.stringify(body)}`);
  return body.channels;
}

export async function patchChannel(api: ApiClient, id: string, patch: object): Promise<void> {
  const { status, body } = await api.patch(`/channels/${id}`, patch);
  if (status !== 200) throw new Error(`PATCH /channels/${id} answered ${status}: ${JSON.stringify(body)}`);
}

/** What a first start brings along: one simulated tank of 11 sensors under a thermostat. */
export const DEMO_SENSORS = 11;
/** Short, because each of them loads it at its start. */
const RECORDED_S = 20;

interface Equipment {
  /** DS18B20 on a 1-wire tree laid out as the kernel's, read by the file bus's process. */
  readonly thermometers: number;
  /** Devices of one recorded channel each, whose driver costs next to nothing. */
  readonly recorded: number;
}

/** Adds these to a fresh host's demo tank, every sensor at 1 Hz. */
export async function equip(
  host: Pick<HeadlessHost, "url" | "dataDir">,
  { thermometers, recorded }: Equipment,
): Promise<{ readonly api: ApiClient; readonly tree: W1Tree }> {
  const api = await ApiClient.signedIn(host);
  const tree = await W1Tree.lay();
  for (let i = 1; i <= thermometers; i++) {
    const romId = `28-${i.toString(16).padStart(12, "0")}`;
    await tree.addSlave(romId, { celsius: 25 + i / 100 });
    const [channel] = await addDevice(api, "ds18b20", `Thermometer ${i}`, { romId, root: tree.root });
    if (channel !== undefined) await patchChannel(api, channel.id, { pollIntervalS: 1 });
  }
  const file = join(host.dataDir, "recording.csv");
  await writeFile(file, recording());
  for (let i = 1; i <= recorded; i++) await addDevice(api, "replay", `Probe ${i}`, { file, loop: true });
  await assertSensors(api, DEMO_SENSORS + thermometers + recorded);
  return { api, tree };
}

export async function sensorsOf(
  api: ApiClient,
): Promise<readonly (ShownChannel & { readonly pollIntervalS: number })[]> {
  const { status, body } = await api.get("/channels?kind=sensor&limit=1000");
  if (status !== 200) throw new Error(`GET /channels answered ${status}: ${JSON.stringify(body)}`);
  return body.items;
}

async function assertSensors(api: ApiClient, wanted: number): Promise<void> {
  const atOneHertz = (await sensorsOf(api)).filter((channel) => channel.pollIntervalS === 1);
  if (atOneHertz.length !== wanted) throw new Error(`${atOneHertz.length} sensors at 1 Hz in place of ${wanted}`);
}

/** pH with a slow swing and a probe's noise. */
function recording(): string {
  const from = Date.UTC(2026, 0, 1);
  const rows = Array.from({ length: RECORDED_S }, (_, second) => {
    const ph = 8.2 + 0.05 * Math.sin((2 * Math.PI * second) / RECORDED_S) + 0.002 * (((second * 7) % 5) - 2);
    return `${new Date(from + 1_000 * second).toISOString()},Probe,ph,${ph.toFixed(3)},pH`;
  });
  return `${["takenAt,channel,quantity,value,unit", ...rows].join("\n")}\n`;
}
