import type { Channel } from "#contract/channels.ts";
import type { Device } from "#contract/devices.ts";
import type { Preferences } from "#contract/preferences.ts";
import type { Quantity } from "#contract/quantities.ts";

export interface Tiles {
  readonly vitals: readonly Channel[];
  readonly outputs: readonly Channel[];
}

type Arrangement = Preferences["dashboard"];

/** What a keeper looks at first; the machine's own values come last. */
const QUANTITY_ORDER: readonly Quantity[] = [
  "temperature",
  "ph",
  "salinity",
  "conductivity",
  "orp",
  "level",
  "leak",
  "flow",
  "dissolved-oxygen",
  "par",
  "humidity",
  "power",
  "energy",
  "voltage",
  "current",
  "generic",
  "controller-temperature",
];

/** Every tile there could be: the display's temperature first, then one of each quantity, then the rest. */
export function tilesOf(devices: ReadonlyMap<string, Device>): Tiles {
  const channels = [...devices.values()].filter(({ isEnabled }) => isEnabled).flatMap((device) => device.channels);
  const sensors = channels.filter(({ kind }) => kind === "sensor").toSorted((a, b) => rankOf(a) - rankOf(b));
  const seen = new Set<Quantity>();
  const leading: Channel[] = [];
  const following: Channel[] = [];
  for (const sensor of sensors) {
    const isMachines = sensor.quantity === "generic" || sensor.quantity === "controller-temperature";
    (seen.has(sensor.quantity) || isMachines ? following : leading).push(sensor);
    seen.add(sensor.quantity);
  }
  return { vitals: [...leading, ...following], outputs: channels.filter(({ kind }) => kind !== "sensor") };
}

/** The same in the user's order, what he does not name after it; without what he hid. */
export function arranged(channels: readonly Channel[], arrangement: Arrangement): readonly Channel[] {
  const hidden = new Set(arrangement.hiddenTiles);
  return inOrder(channels, arrangement.tileOrder).filter(({ id }) => !hidden.has(id));
}

export function inOrder(channels: readonly Channel[], order: readonly string[]): readonly Channel[] {
  const placeOf = new Map(order.map((id, place) => [id, place]));
  const last = order.length;
  return channels.toSorted((a, b) => (placeOf.get(a.id) ?? last) - (placeOf.get(b.id) ?? last));
}

/** @returns `items` with the one at `from` taken to `to`; as they are where there is no such place */
export function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length || from === to) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** In groups of so many, and of `onFirst` to begin with, for a screen that shows one group at a time. */
export function paged<T>(items: readonly T[], perPage: number, onFirst = perPage): readonly (readonly T[])[] {
  const pages: T[][] = [];
  for (let at = 0; at < items.length; at += pages.length === 1 ? onFirst : perPage) {
    pages.push(items.slice(at, at + (pages.length === 0 ? onFirst : perPage)));
  }
  return pages;
}

function rankOf({ quantity, role }: Channel): number {
  const isDisplays = role === "display" ? 0 : 1;
  return QUANTITY_ORDER.indexOf(quantity) * 2 + isDisplays;
}
