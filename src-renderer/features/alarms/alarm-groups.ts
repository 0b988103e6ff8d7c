import type { Alarm } from "#contract/alarms.ts";
import { byUrgency } from "../../stores/alarms.ts";

/** Alarms that one cause brought about, or one on its own: what is shown as one card, and acknowledged by one tap. */
export interface AlarmGroup {
  readonly id: string;
  /** The most urgent of them. */
  readonly lead: Alarm;
  /** The lead among them, the most urgent first. */
  readonly members: readonly [Alarm, ...Alarm[]];
}

/** @returns in the order of their leads: the most urgent first */
export function groupsOf(alarms: Iterable<Alarm>): readonly AlarmGroup[] {
  const byCause = Map.groupBy([...alarms].sort(byUrgency), ({ id, groupId }) => groupId ?? id);
  const groups: AlarmGroup[] = [];
  for (const [id, [lead, ...others]] of byCause)
    if (lead !== undefined) groups.push({ id, lead, members: [lead, ...others] });
  return groups;
}

/** Those that one tap acknowledges. */
export function unacknowledgedOf({ members }: AlarmGroup): readonly Alarm[] {
  return members.filter(({ state }) => state === "unacknowledged" || state === "returned-unacknowledged");
}
