import type { Channel, ChannelPatch } from "#contract/channels.ts";
import { core } from "../../stores/core.ts";
import { useTank } from "../../stores/tank.ts";

/** Saves it, and shows what was saved before the core tells of it. */
export async function patchChannel(id: string, patch: ChannelPatch): Promise<Channel> {
  const saved = await core.api.channels.patch.mutate({ id, ...patch });
  useTank.setState(({ devices }) => {
    const device = devices.get(saved.deviceId);
    if (device === undefined) return {};
    const channels = device.channels.map((channel) => (channel.id === saved.id ? saved : channel));
    return { devices: new Map(devices).set(device.id, { ...device, channels }) };
  });
  return saved;
}
