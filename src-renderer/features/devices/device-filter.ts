import type { Device, DeviceStatus } from "#contract/devices.ts";

export type ShownState = DeviceStatus["state"] | "all";

export interface DeviceFilter {
  readonly text: string;
  readonly state: ShownState;
}

export const EVERY_DEVICE: DeviceFilter = { text: "", state: "all" };

/** Up to this many are seen at a glance, and need no search. */
export const SEARCH_FROM = 6;

/** Devices in this state of which the name, the type's title or a channel's name holds every word of the text. */
export function devicesFitting(
  devices: Iterable<Device>,
  { text, state }: DeviceFilter,
  titleOf: (type: string) => string,
): readonly Device[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return [...devices].filter((device) => {
    if (state !== "all" && device.status.state !== state) return false;
    const said = [device.name, device.type, titleOf(device.type), ...device.channels.map(({ name }) => name)];
    const all = said.join("\n").toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** A name nobody has yet: "DS18B20 thermometer", "DS18B20 thermometer 2". */
export function freeName(title: string, taken: Iterable<string>): string {
  const bare = title.replace(/\s*\([^)]*\)/g, "").trim();
  const names = new Set([...taken].map((name) => name.toLowerCase()));
  if (!names.has(bare.toLowerCase())) return bare;
  let number = 2;
  while (names.has(`${bare} ${number}`.toLowerCase())) number += 1;
  return `${bare} ${number}`;
}
