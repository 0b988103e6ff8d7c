import type { ApiClient } from "./api-client.ts";
import { until } from "./headless-host.ts";

/** What a script does with a running reef again and again. Answers are JSON as it came. */

export type Json = any;

/** Adds a device and waits until its channels are known. @throws where it is refused, or none come in time */
export async function addDevice(client: ApiClient, device: object, limitMs = 5_000): Promise<Json> {
  const { status, body } = await client.post("/devices", device);
  if (status !== 201) throw new Error(`adding a device answered ${status}: ${JSON.stringify(body)}`);
  return until(`channels of ${body.name}`, limitMs, async () => {
    const { body: found } = await client.get(`/devices/${body.id}`);
    return found.channels.length > 0 ? found : undefined;
  });
}

export async function demoTank(client: ApiClient): Promise<Json> {
  return (await client.get("/devices")).body.items[0];
}

/** @throws where the device has no such channel */
export function channelOf(device: Json, key: string): Json {
  const channel = device.channels.find((c: Json) => c.key === key);
  if (channel === undefined) throw new Error(`${device.name} has no channel ${key}`);
  return channel;
}

export async function latest(client: ApiClient, channelId: string): Promise<Json> {
  return (await client.get(`/channels/${channelId}/latest`)).body;
}

/** Waits until a channel says what is wanted. */
export function latestWhere(
  client: ApiClient,
  channelId: string,
  wanted: { readonly what: string; readonly limitMs: number; readonly is: (reading: Json) => boolean },
): Promise<Json> {
  return until(wanted.what, wanted.limitMs, async () => {
    const reading = await latest(client, channelId);
    return wanted.is(reading) ? reading : undefined;
  });
}

/** The good readings kept of a channel in [from, to), one by one. */
export async function rowsBetween(
  client: ApiClient,
  channelId: string,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<Json[]> {
  const query = new URLSearchParams({ from: isoOf(fromMs), to: isoOf(toMs), maxPoints: "10000" });
  const { status, body } = await client.get(`/channels/${channelId}/history?${query}`);
  if (status !== 200) throw new Error(`history answered ${status}: ${JSON.stringify(body)}`);
  return body.points;
}

export async function outputWhere(
  client: ApiClient,
  channelId: string,
  wanted: { readonly what: string; readonly limitMs: number; readonly is: (output: Json) => boolean },
): Promise<Json> {
  return until(wanted.what, wanted.limitMs, async () => {
    const { body } = await client.get(`/outputs/${channelId}`);
    return wanted.is(body) ? body : undefined;
  });
}

export async function setFaults(client: ApiClient, deviceId: string, faults: readonly unknown[]): Promise<void> {
  const { status, body } = await client.patch(`/devices/${deviceId}`, { params: { faults } });
  if (status !== 200) throw new Error(`setting faults answered ${status}: ${JSON.stringify(body)}`);
}

/** For journeys about other things: an alarm that what they do brings about is the one banner of a low screen. */
export async function hushAlarms(client: ApiClient): Promise<void> {
  const { body } = await client.get("/alarms?limit=1000");
  const reason = "a journey about other things";
  await Promise.all(body.items.map(({ id }: Json) => client.post(`/alarms/${id}/out-of-service`, { reason })));
}

export const isoOf = (atMs: number): string => new Date(atMs).toISOString();

export const sleepMs = (durationMs: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, durationMs));
