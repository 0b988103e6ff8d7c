import type { ChannelConfig } from "#contract/channels.ts";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Configuration } from "./ports.ts";

type Fits = (channel: ChannelConfig) => string | null;

const isSensor: Fits = ({ kind }) => (kind === "sensor" ? null : "must be a sensor");
const isOutput: Fits = ({ kind }) => (kind === "sensor" ? "must be an output" : null);
const measuresPower: Fits = ({ kind, quantity }) =>
  kind === "sensor" && quantity === "power" ? null : "must be a sensor that measures power";

/**
 * A permissive or a meter that names the wrong channel would hold an output off for ever, or take a thermometer for the
 * power of its load. @throws ReefFault invalid, each by its place
 */
export function refuseMisnamed(channel: ChannelConfig, { channels }: Configuration): void {
  if (channel.output === null) return;
  const { permissives, equipment } = channel.output;
  const details: FaultDetail[] = [];
  const need = (field: string, id: ChannelId | null, fits: Fits) => {
    if (id === null) return;
    const named = channels.find((candidate) => candidate.id === id);
    const isItself = id === channel.id;
    const message = named === undefined ? "there is no such channel" : isItself ? "is itself" : fits(named);
    if (message !== null) details.push({ field, message });
  };
  for (const [index, permissive] of permissives.entries()) {
    if (!("channelId" in permissive)) continue;
    need(
      `permissives.${index}.channelId`,
      permissive.channelId,
      permissive.kind === "sensor" ? isSensor : isOutput,
    );
  }
  need("equipment.powerChannelId", equipment.powerChannelId, measuresPower);
  need("equipment.masterChannelId", equipment.masterChannelId, isOutput);
  if (details.length > 0)
    throw new ReefFault("invalid", "This output's conditions or equipment do not fit.", { details });
}
