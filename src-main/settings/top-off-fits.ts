import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import type { TopOffConfig } from "#contract/loops.ts";
import type { TankSettings } from "#contract/settings.ts";
import type { Configuration } from "./ports.ts";

const ML_PER_L = 1_000;

/** What of a top-off does not go together, or could run over; its channels aside. */
export function topOffMisfits(loop: TopOffConfig, current: Configuration): readonly FaultDetail[] {
  return [...levelMisfits(loop), ...spillMisfits(loop, current)];
}

/**
 * What a pump that runs on until its longest time on, and all that drains back when the return pump stops, would need of
 * the sump. A figure nobody gave fits nowhere: the field that wants it is named.
 */
export function spillMisfits(
  loop: Pick<TopOffConfig, "pumpChannelId">,
  { channels, tank }: Pick<Configuration, "channels" | "tank">,
): readonly FaultDetail[] {
  const output = channels.find(({ id }) => id === loop.pumpChannelId)?.output ?? null;
  if (output === null) return [];
  const { flowMlPerS } = output.equipment;
  const { maxOnS } = output.guards;
  const { sumpFreeL, backDrainL } = tank;
  const missing = [
    flowMlPerS === null ? field("equipment.flowMlPerS", "measure the pump's flow first") : null,
    maxOnS === null ? field("guards.maxOnS", "the pump needs a longest time on first") : null,
    ...missingIn(tank),
  ].filter((detail) => detail !== null);
  if (flowMlPerS === null || maxOnS === null || sumpFreeL === null || backDrainL === null) return missing;
  const pumpedL = (flowMlPerS * maxOnS) / ML_PER_L;
  if (pumpedL + backDrainL <= sumpFreeL) return [];
  const message = `${litres(pumpedL)} in the pump's ${maxOnS} s and ${litres(backDrainL)} of back-drain would run over: the sump has ${litres(sumpFreeL)} free; shorten guards.maxOnS or use a smaller pump`;
  return [field("pumpChannelId", message)];
}

/** @throws ReefFault conflict where a change would let a top-off run over that could not before */
export function refuseSpill(next: Configuration, before: Configuration): void {
  for (const loop of next.loops) {
    if (loop.type !== "top-off") continue;
    const details = spillMisfits(loop, next);
    if (details.length === 0 || spillMisfits(loop, before).length > 0) continue;
    throw new ReefFault("conflict", `With this, ${loop.name} could flood the sump; change or delete it first.`, {
      details,
    });
  }
}

function missingIn({ sumpFreeL, backDrainL }: TankSettings): readonly (FaultDetail | null)[] {
  return [
    sumpFreeL === null
      ? field("sumpFreeL", "say in the tank's settings how much the sump takes above its level")
      : null,
    backDrainL === null
      ? field("backDrainL", "say in the tank's settings what drains back when the return pump stops")
      : null,
  ];
}

function levelMisfits(loop: TopOffConfig): readonly FaultDetail[] {
  const { fillBelow, fillUntil, levelChannelId, highLevelChannelId, reservoirChannelId } = loop;
  const details: FaultDetail[] = [];
  if (fillUntil < fillBelow) details.push(field("fillUntil", "must not be below fillBelow"));
  if (fillUntil === fillBelow && fillBelow > 1) {
    details.push(field("fillUntil", "must be above fillBelow for a sensor in %, or waves switch the pump"));
  }
  if (highLevelChannelId === levelChannelId) {
    details.push(field("highLevelChannelId", "must be another sensor than the one it fills by"));
  }
  if (reservoirChannelId === levelChannelId) {
    details.push(field("reservoirChannelId", "must be another sensor than the one it fills by"));
  }
  return details;
}

function field(name: string, message: string): FaultDetail {
  return { field: name, message };
}

function litres(volumeL: number): string {
  return `${Math.round(volumeL * 10) / 10} L`;
}
