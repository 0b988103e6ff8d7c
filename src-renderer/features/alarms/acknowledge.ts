import type { Alarm } from "#contract/alarms.ts";
import { noteAlarm } from "../../stores/alarms.ts";
import { core } from "../../stores/core.ts";

/** All of one cause by one tap. @throws whatever the API throws at the first that is refused */
export async function acknowledge(alarms: readonly Pick<Alarm, "id">[]): Promise<void> {
  const told = await Promise.all(alarms.map(({ id }) => core.api.alarms.acknowledge.mutate({ id })));
  for (const alarm of told) noteAlarm(alarm.id, alarm);
}
