import { isDeepStrictEqual } from "node:util";
import { ReefFault } from "#contract/errors.ts";
import type { Clock } from "../../../platform/ports.ts";
import type { ChannelSpec, DeviceDriver, DriverDefinition, Lease, Sample } from "../../ports.ts";
import { hangs, isPlugUnreachable, isUnplugged } from "../../simulated/faults.ts";
import { SimulatedTank } from "../../simulated/simulated-tank.ts";
import { isOutputKey, isSensorKey, type OutputKey } from "../../simulated/tank-keys.ts";
import type { TankSettings } from "../../simulated/tank-settings.ts";
import { tankChannels } from "./channels.ts";
import { SimulatedTankParams } from "./params.ts";

/** A tank that answers at once: all of its waiting is in its faults. */
const TIMEOUT_MS = 1_000;

/** A whole reef tank behind one driver. It is set up full and warm when the driver is made, with every plug off. */
export class SimulatedTankDriver implements DeviceDriver {
  readonly timeoutMs = TIMEOUT_MS;
  /** For scenarios and tests: how the tank really is. */
  readonly tank: SimulatedTank;
  readonly #clock: Clock;
  readonly #hung: ((fault: ReefFault) => void)[] = [];
  #params: SimulatedTankParams;

  /** @param tank one that stands already and that another driver of these parameters was made for: a simulated restart's */
  constructor(params: SimulatedTankParams, clock: Clock, tank?: SimulatedTank) {
    this.#params = params;
    this.#clock = clock;
    this.tank =
      tank ??
      new SimulatedTank({
        settings: settingsFrom(params),
        faults: params.faults,
        wallMs: clock.nowMs(),
        monotonicMs: clock.monotonicMs(),
      });
  }

  /** @throws ReefFault device-unreachable while the fault `unplugged` is at work */
  async open(): Promise<readonly ChannelSpec[]> {
    this.#arrive();
    return tankChannels(this.#params);
  }

  /** @throws ReefFault device-unreachable while unplugged */
  async sample(keys: readonly string[]): Promise<ReadonlyMap<string, Sample>> {
    this.#arrive();
    if (keys.some((key) => hangs(this.tank.faults, key, true))) return this.#hangUntilCured();
    return new Map(keys.map((key) => [key, this.#read(key)]));
  }

  /** @throws ReefFault device-unreachable, not-found, invalid */
  async write(key: string, levelPct: number): Promise<void> {
    return this.#drive(key, levelPct, null);
  }

  /** As `write`; the plug drops it by itself. @throws ReefFault device-unreachable, not-found, invalid */
  async writeLeased(key: string, levelPct: number, { leaseS }: Lease): Promise<void> {
    return this.#drive(key, levelPct, leaseS);
  }

  #drive(key: string, levelPct: number, leaseS: number | null): Promise<void> | undefined {
    const output = this.#reach(key);
    if (!isLevel(output, levelPct)) {
      const rule = output === "light" ? "a level from 0 to 100 %" : "0 or 100 %";
      throw new ReefFault("invalid", `The simulated ${key} takes ${rule}.`, { context: { levelPct } });
    }
    if (hangs(this.tank.faults, key, false)) return this.#hangUntilCured();
    this.tank.setOutput(output, levelPct, leaseS);
    return undefined;
  }

  /** What the plug says, which is not always what its load does. @throws ReefFault device-unreachable, not-found */
  async readBack(key: string): Promise<number> {
    const output = this.#reach(key);
    if (hangs(this.tank.faults, key, false)) return this.#hangUntilCured();
    return this.tank.levelOf(output);
  }

  async close(): Promise<void> {}

  /** Faults and weather change while it runs; anything else is another tank. */
  reconfigure(params: unknown): boolean {
    const parsed = SimulatedTankParams.safeParse(params);
    if (!(parsed.success && isSameTank(parsed.data, this.#params))) return false;
    this.#params = parsed.data;
    this.tank.advanceTo(this.#clock.monotonicMs());
    this.tank.setWeather(settingsFrom(parsed.data).weather);
    this.tank.setFaults(parsed.data.faults);
    if (parsed.data.faults.every(({ name }) => name !== "hang")) this.#cure();
    return true;
  }

  /** A read the kernel does not come back from: no signal ends it, its caller's time limit must. */
  #hangUntilCured(): Promise<never> {
    return new Promise((_, reject) => this.#hung.push(reject));
  }

  #cure(): void {
    for (const reject of this.#hung.splice(0)) {
      reject(new ReefFault("bus-io", "The simulated tank hung in this call, and answers again since."));
    }
  }

  /** Lets the tank's time catch up. @throws ReefFault device-unreachable */
  #arrive(): void {
    this.tank.advanceTo(this.#clock.monotonicMs());
    if (isUnplugged(this.tank.faults)) {
      throw new ReefFault("device-unreachable", "The simulated tank is unplugged: end its fault `unplugged`.");
    }
  }

  #reach(key: string): OutputKey {
    this.#arrive();
    if (!isOutputKey(key) || (key === "chiller" && this.#params.chillerW === null)) {
      throw new ReefFault("not-found", `The simulated tank has no output of this name: ${key}.`);
    }
    if (isPlugUnreachable(this.tank.faults, key, this.tank.nowS)) {
      throw new ReefFault(
        "device-unreachable",
        `The plug of ${key} does not answer: check its power and its network.`,
      );
    }
    return key;
  }

  #read(key: string): Sample {
    if (!isSensorKey(key)) return { fault: "fault", message: `the simulated tank has no sensor ${key}` };
    if (key === "heater-power" && isPlugUnreachable(this.tank.faults, "heater", this.tank.nowS)) {
      return { fault: "comm", message: "the heater's plug, which measures its power, does not answer" };
    }
    return this.tank.read(key);
  }
}

export const simulatedTankDriver: DriverDefinition<typeof SimulatedTankParams> = {
  type: "simulated-tank",
  title: "Simulated reef tank",
  category: "simulation",
  get params() {
    return SimulatedTankParams;
  },
  channels: tankChannels({ chillerW: null, hasHeaterOutlet: false, hasSumpFloats: false, hasDoserMeter: false }),
  simulated: true,
  unsupportedReason: () => null,
  addressOf: () => null,
  create: (params, { clock }) => new SimulatedTankDriver(params, clock),
};

function settingsFrom(params: SimulatedTankParams): TankSettings {
  const { faults: _, roomMinC, roomMaxC, evaporationPctPerDay, ...tank } = params;
  return { ...tank, weather: { roomMinC, roomMaxC, evaporationPctPerDay } };
}

function isSameTank(one: SimulatedTankParams, other: SimulatedTankParams): boolean {
  const bare = (params: SimulatedTankParams) => ({ ...settingsFrom(params), weather: null });
  return isDeepStrictEqual(bare(one), bare(other));
}

function isLevel(key: OutputKey, levelPct: number): boolean {
  return key === "light" ? levelPct >= 0 && levelPct <= 100 : levelPct === 0 || levelPct === 100;
}
