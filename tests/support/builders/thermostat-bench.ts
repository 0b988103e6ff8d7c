import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import { ThermostatConfig } from "#contract/loops.ts";
import { ControlLoops, type ControlLoopsDeps } from "#main/control/control-loops.ts";
import { LoopInterlocks } from "#main/outputs/interlocks/loop-interlocks.ts";
import { newId } from "#main/platform/ids.ts";
import { ReadingsBus } from "#main/readings/readings-bus.ts";
import type { FakeActuator } from "#tests/fakes/fake-actuator.ts";
import { type ArbiterBench, arbiterBench, started, withOutput } from "./arbiter-bench.ts";
import { channelConfig } from "./channel-config.ts";
import { outputChannel } from "./output-channel.ts";
import { readingOf } from "./reading.ts";

export const DISPLAY = channelConfig({ name: "Display" });
export const ROOM = channelConfig({ name: "Room", role: "room", key: "room" });
export const SUMP = channelConfig({ name: "Sump", role: "sump", key: "sump" });
export const HEATER = outputChannel("heater", { name: "Heater" });
export const CHILLER = outputChannel("chiller", { name: "Chiller" });
export const CHANNELS: readonly ChannelConfig[] = [DISPLAY, SUMP, ROOM, HEATER, CHILLER];

/** A loop around 25.5 °C on the display's probe, with the heater alone, but for what is said otherwise. */
export function loopConfig(changes: Partial<ThermostatConfig> = {}): ThermostatConfig {
  return ThermostatConfig.parse({
    id: newId(0),
    type: "thermostat",
    name: "Thermostat",
    sensorChannelId: DISPLAY.id,
    heaterChannelId: HEATER.id,
    ...changes,
  });
}

/** A tank with a heater, a chiller and two probes under the arbiter, its protections and its loops. */
export interface ThermostatBench extends ArbiterBench {
  readonly readings: ReadingsBus;
  readonly loops: ControlLoops;
  readonly interlocks: LoopInterlocks;
  readonly heater: FakeActuator;
  readonly chiller: FakeActuator;
  /** Publishes a good reading. */
  say(valueC: number, channelId?: ChannelId): void;
  /** Publishes a bad one. */
  lose(channelId?: ChannelId): void;
  /** Says the same every second for so long. */
  hold(valueC: number, forMs: number): Promise<void>;
}

/** @param tank what is around the loops; without it nothing is kept and no volume is known */
export async function thermostatBench(
  around: Partial<Omit<ArbiterBench, "arbiter">> = {},
  tank: Partial<ControlLoopsDeps> = {},
): Promise<ThermostatBench> {
  const bench = await started(arbiterBench(around));
  const { arbiter, clock, log } = bench;
  const readings = new ReadingsBus({ log, clock });
  const heater = await withOutput(bench, HEATER);
  const chiller = await withOutput(bench, CHILLER);
  const channelOf = (id: ChannelId) => CHANNELS.find((channel) => channel.id === id) ?? null;
  const loops = new ControlLoops({
    readings,
    outputs: arbiter,
    clock,
    log,
    channelOf,
    timeZone: () => "UTC",
    ...tank,
  });
  const interlocks = new LoopInterlocks({ outputs: arbiter, readings, clock });
  interlocks.start();
  loops.start();
  const say = (value: number, channelId = DISPLAY.id) =>
    readings.publish(readingOf({ channelId, value, raw: value, takenAtMs: clock.nowMs() }));
  return {
    ...bench,
    readings,
    loops,
    interlocks,
    heater,
    chiller,
    say,
    lose: (channelId = DISPLAY.id) =>
      readings.publish(
        readingOf({ channelId, value: null, raw: null, quality: "bad", reason: "comm", takenAtMs: clock.nowMs() }),
      ),
    hold: async (valueC, forMs) => {
      for (let ms = 0; ms < forMs; ms += 1_000) {
        say(valueC);
        await clock.advance(1_000);
      }
    },
  };
}
