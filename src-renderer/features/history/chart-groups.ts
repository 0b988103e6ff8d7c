import type { Channel } from "#contract/channels.ts";
import type { Quantity } from "#contract/quantities.ts";
import type { DisplayUnit } from "../../i18n/units.ts";

/** The theme has so many series colors; one more line would be a guess. */
const LINES_A_CHART = 4;
/** What can still be told apart on one page. */
export const MOST_CHANNELS = 8;

/** Channels that share a chart, because they share a unit. */
export interface ChartGroup {
  readonly key: string;
  readonly display: DisplayUnit;
  readonly channels: readonly Channel[];
}

/** In the order they were chosen in; a fifth of one unit begins a chart of its own. */
export function chartGroups(
  channels: readonly Channel[],
  unitOf: (channel: Channel) => DisplayUnit,
): readonly ChartGroup[] {
  const groups: { key: string; display: DisplayUnit; channels: Channel[] }[] = [];
  for (const channel of channels) {
    const display = unitOf(channel);
    // pH carries no unit, and a bare number of another kind is not comparable with it.
    const name = display.unit === "" ? channel.quantity : display.unit;
    const open = groups.find((group) => group.key.startsWith(`${name} `) && group.channels.length < LINES_A_CHART);
    if (open !== undefined) open.channels.push(channel);
    else groups.push({ key: `${name} ${channel.id}`, display, channels: [channel] });
  }
  return groups;
}

/** What a keeper asks for first. */
const FIRST: readonly Quantity[] = ["temperature", "ph", "salinity", "orp"];
const FIRST_COUNT = 3;

/** What is shown where nothing was chosen: one of each vital quantity, the display tank's own before others'. */
export function firstChoice(sensors: readonly Channel[]): readonly string[] {
  const vital = FIRST.flatMap((quantity) => {
    const all = sensors.filter((sensor) => sensor.quantity === quantity);
    return all.find(({ role }) => role === "display") ?? all[0] ?? [];
  });
  return (vital.length > 0 ? vital : sensors).slice(0, FIRST_COUNT).map(({ id }) => id);
}

/** The chosen channels, from the page's address: those that still are. */
export function chosenFrom(search: string, sensors: readonly Channel[]): readonly string[] | null {
  const text = new URLSearchParams(search).get("channels");
  if (text === null) return null;
  const known = new Set<string>(sensors.map(({ id }) => id));
  return [...new Set(text.split(","))].filter((id) => known.has(id)).slice(0, MOST_CHANNELS);
}
