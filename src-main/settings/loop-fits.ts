import type { ChannelConfig } from "#contract/channels.ts";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { DoserConfig, LoopConfig, ThermostatConfig, TopOffConfig } from "#contract/loops.ts";
import type { OutputRole, Quantity } from "#contract/quantities.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";
import { doserMisfits } from "./doser-fits.ts";
import type { Configuration } from "./ports.ts";
import { ruleMisfits } from "./rule-fits.ts";
import { topOffMisfits } from "./top-off-fits.ts";

/** Says why a channel does not fit; null: it does. */
type Fits = (channel: ChannelConfig) => string | null;
/** Notes that a field names a channel that is not there, or cannot do what is asked of it. */
type Need = (field: string, id: ChannelId | null, fits: Fits) => void;

/** @throws ReefFault invalid (a channel that cannot do it), conflict (an output another loop holds) */
export function refuseUnfit(loop: LoopConfig, current: Configuration): void {
  const details: FaultDetail[] = [];
  const need: Need = (field, id, fits) => {
    if (id === null) return;
    const channel = current.channels.find((c) => c.id === id);
    const misfit = channel === undefined ? "there is no such channel" : fits(channel);
    if (misfit !== null && !details.some((d) => d.field === field && d.message === misfit)) {
      details.push({ field, message: misfit });
    }
  };
  if (loop.type === "rule") details.push(...ruleMisfits(loop, current));
  else for (const id of [...inputsOf(loop), ...outputsOf(loop)]) need(fieldOf(loop, id), id, () => null);
  if (loop.type === "doser") {
    needDoserChannels(loop, need);
    details.push(...doserMisfits(loop, current));
  }
  if (loop.type === "thermostat") details.push(...thermostatMisfits(loop, need));
  if (loop.type === "top-off") {
    needTopOffChannels(loop, need);
    details.push(...topOffMisfits(loop, current));
  }
  if (details.length > 0) throw new ReefFault("invalid", "This loop does not fit its channels.", { details });
  refuseSecondClaimant(loop, current);
}

function thermostatMisfits(loop: ThermostatConfig, need: Need): readonly FaultDetail[] {
  need("sensorChannelId", loop.sensorChannelId, measures("temperature"));
  need("secondSensorChannelId", loop.secondSensorChannelId, measures("temperature"));
  need("roomSensorChannelId", loop.roomSensorChannelId, measures("temperature"));
  need("heaterChannelId", loop.heaterChannelId, plays("heater"));
  need("chillerChannelId", loop.chillerChannelId, plays("chiller"));
  const details: FaultDetail[] = [];
  if (loop.secondSensorChannelId === loop.sensorChannelId) {
    details.push({ field: "secondSensorChannelId", message: "must be another probe than the first" });
  }
  if (loop.heaterChannelId === null && loop.chillerChannelId === null) {
    details.push({ field: "heaterChannelId", message: "needs a heater or a chiller" });
  }
  return details;
}

function needTopOffChannels(loop: TopOffConfig, need: Need): void {
  need("pumpChannelId", loop.pumpChannelId, plays("top-off"));
  need("levelChannelId", loop.levelChannelId, measures("level"));
  need("highLevelChannelId", loop.highLevelChannelId, measures("level"));
  need("reservoirChannelId", loop.reservoirChannelId, measures("level"));
  need("returnPumpChannelId", loop.returnPumpChannelId, plays("return-pump"));
  for (const id of loop.leakChannelIds) need("leakChannelIds", id, measures("leak"));
}

function needDoserChannels(loop: DoserConfig, need: Need): void {
  need("pumpChannelId", loop.pumpChannelId, plays("doser"));
  need("returnPumpChannelId", loop.returnPumpChannelId, plays("return-pump"));
  need("phChannelId", loop.phChannelId, measures("ph"));
  for (const id of loop.opposingChannelIds) need("opposingChannelIds", id, plays("doser"));
}

/** A sensor of one of these quantities. */
export function measures(...quantities: readonly Quantity[]): Fits {
  return ({ kind, quantity }) =>
    kind === "sensor" && quantities.includes(quantity) ? null : `must be a ${quantities.join(" or ")} sensor`;
}

/** An output of this role. */
export function plays(role: OutputRole): Fits {
  return (channel) =>
    channel.kind !== "sensor" && channel.role === role ? null : `must be an output with the role ${role}`;
}

/** The field of a loop that names this channel. */
function fieldOf(loop: LoopConfig, id: ChannelId): string {
  const [field] = Object.entries(loop).find(
    ([, value]) => value === id || (Array.isArray(value) && value.includes(id)),
  ) ?? ["channelId"];
  return field;
}

function refuseSecondClaimant(loop: LoopConfig, current: Configuration): void {
  const mine = new Set(outputsOf(loop));
  const holder = current.loops.find(
    (other) => other.id !== loop.id && outputsOf(other).some((id) => mine.has(id)),
  );
  if (holder === undefined) return;
  throw new ReefFault(
    "conflict",
    `${holder.name} drives this output already; an output has one automatic claimant.`,
    { context: { loopId: holder.id } },
  );
}
