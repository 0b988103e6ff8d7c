import { ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import { outputCommandFrom } from "./commands.ts";
import type { House } from "./house.ts";
import type { ThingKind } from "./topics.ts";

interface HouseCommand {
  readonly kind: ThingKind;
  readonly id: string;
  readonly payload: string;
  /** Who asks, for the record. */
  readonly by: string;
}

/** Does what the house asks, as any hand would: by the arbiter. @throws ReefFault invalid, and whatever refuses */
export async function obey(command: HouseCommand, house: House): Promise<void> {
  if (command.kind === "output") return drive(command, house);
  if (command.kind === "alarm") return acknowledge(command, house);
  throw new ReefFault("invalid", "A sensor takes no commands.");
}

async function drive({ id, payload, by }: HouseCommand, { outputs }: House): Promise<void> {
  const asked = outputCommandFrom(payload);
  if (asked === null) {
    throw new ReefFault("invalid", "An output takes ON, OFF, AUTO, a level from 0 to 100, or {level, durationS}.");
  }
  // What is not an id is simply not found.
  const channelId = id as ChannelId;
  if (asked.kind === "automatic") await outputs.clearOverride(channelId, by);
  else await outputs.override(channelId, asked.request, by);
}

async function acknowledge({ id, payload, by }: HouseCommand, { alarms }: House): Promise<void> {
  const alarm = alarms.list().find((candidate) => candidate.id === id);
  if (alarm === undefined) throw new ReefFault("not-found", "There is no alarm with this id.");
  if (payload.trim().toUpperCase() !== "ACKNOWLEDGE")
    throw new ReefFault("invalid", "An alarm takes ACKNOWLEDGE.");
  await alarms.acknowledge(alarm.id, by);
}
