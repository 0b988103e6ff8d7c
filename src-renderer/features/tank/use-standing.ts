import { create } from "zustand";
import type { Channel } from "#contract/channels.ts";
import { useConnection } from "../../stores/connection.ts";
import { useTick } from "../../stores/now.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { type Standing, standingOf } from "./standing.ts";

type Standings = ReadonlyMap<string, Standing>;

/** Of every sensor. Kept here once, for with each reading fifty tiles would ask fifty times and mostly hear the same. */
const useStandings = create<{ standings: Standings }>(() => ({ standings: new Map() }));

const NOTHING_TOLD: Standing = { kind: "waiting", reason: null, tone: "none" };
let isFollowed = false;

export function useStanding({ id }: Channel): Standing {
  follow();
  return useStandings((s) => s.standings.get(id) ?? NOTHING_TOLD);
}

/** From the first tile on, for as long as the page is open. */
function follow(): void {
  if (isFollowed) return;
  isFollowed = true;
  judge();
  useTank.subscribe((now, before) => {
    if (now.readings !== before.readings || now.devices !== before.devices) judge();
  });
  useConnection.subscribe(judge);
  useTick.subscribe(judge);
}

function judge(): void {
  useStandings.setState((was) => {
    const standings = standingsNow(was.standings);
    return standings === was.standings ? was : { standings };
  });
}

/** @returns the same where nothing changed; in it, the same of each that did not */
function standingsNow(before: Standings): Standings {
  const { devices, readings } = useTank.getState();
  const isOnline = useConnection.getState().state === "online";
  const { nowMs } = useTick.getState();
  const now = new Map<string, Standing>();
  let isChanged = false;
  for (const channel of channelsOf(devices)) {
    if (channel.kind !== "sensor") continue;
    const was = before.get(channel.id);
    const is = standingOf(channel, { reading: readings.get(channel.id), isOnline, nowMs });
    const isSame = was !== undefined && was.kind === is.kind && was.reason === is.reason && was.tone === is.tone;
    now.set(channel.id, isSame ? was : is);
    isChanged ||= !isSame;
  }
  return isChanged || now.size !== before.size ? now : before;
}
