import type { ChannelConfig } from "#contract/channels.ts";
import { DeviceId } from "#contract/ids.ts";
import type { Reading } from "#contract/readings.ts";
import { Acquisition } from "#main/acquisition/acquisition.ts";
import { newId } from "#main/platform/ids.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";

/** An acquisition on virtual time, with all that comes out of it. @param peerOf a redundant probe's good value */
export function acquisitionBench(peerOf?: () => number | null) {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const log = new RecordingLog();
  const readings = new ReadingsBus({ log, clock });
  const published: Reading[] = [];
  readings.subscribe("test", (reading) => published.push(reading));
  const events: string[] = [];
  const names = new Map<DeviceId, string>();
  const acquisition = new Acquisition({
    readings,
    clock,
    log,
    onDeviceLost: (id) => events.push(`lost ${names.get(id)}`),
    onDeviceBack: (id) => events.push(`back ${names.get(id)}`),
    ...(peerOf === undefined ? {} : { peerOf }),
  });
  const device = (name: string) => {
    const deviceId = DeviceId.parse(newId(0));
    names.set(deviceId, name);
    return deviceId;
  };
  const of = (channel: ChannelConfig) => published.filter((reading) => reading.channelId === channel.id);
  const qualities = (channel: ChannelConfig) =>
    of(channel).map((r) => (r.reason === null ? r.quality : `${r.quality}: ${r.reason}`));
  return { clock, log, readings, acquisition, published, events, device, of, qualities };
}
