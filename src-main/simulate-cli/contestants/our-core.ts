import type { ControllerCheck } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import type { Configuration } from "#contract/configuration.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { Output } from "#contract/outputs.ts";
import { outputsOf } from "#domain/control/loop-channels.ts";
import { ControllerChecks } from "../../alarms/sources/controller-checks.ts";
import { startTank, type Tank } from "../../composition/start-tank.ts";
import type { DriverDefinition } from "../../hardware/ports.ts";
import { DRIVERS } from "../../hardware/registry.ts";
import { Journal } from "../../journal/journal.ts";
import { Lifecycle } from "../../platform/lifecycle.ts";
import { JsonLogger, SILENT_LOG } from "../../platform/logger.ts";
import { every } from "../../platform/timing.ts";
import { ReadingsBus } from "../../readings/readings-bus.ts";
import { settingsFrom } from "../../settings/environment.ts";
import type { House } from "../machine/house.ts";
import { mortal } from "../machine/mortal-driver.ts";
import { ProcessClock } from "../machine/process-clock.ts";
import { VirtualChecks } from "../machine/virtual-checks.ts";
import { VirtualDisk, VirtualPostgres } from "../machine/virtual-disk.ts";
import type { Contestant } from "./contestant.ts";

/** One alarm that was raised. */
export interface Told {
  readonly atMs: number;
  /** The channel's key; null: none in particular. */
  readonly key: string | null;
  readonly text: string;
}

/** The first thing said since then: of anything, or by one of these channels and by what has none. */
export function firstTold(told: readonly Told[], sinceMs: number, about?: readonly string[]): Told | null {
  const isAbout = ({ key }: Told) => about === undefined || key === null || about.includes(key);
  return told.find((t) => t.atMs >= sinceMs && isAbout(t)) ?? null;
}

interface Run {
  readonly clock: ProcessClock;
  readonly tank: Tank;
  readonly journal: Journal;
}

/** As /health looks. */
const CHECKED_EVERY_MS = 1_000;
const NOWHERE = new URL("file:///nowhere");

/** The real core, from acquisition to arbiter, journal and alarm engine, with a card and a Postgres that are virtual. */
export class OurCore implements Contestant {
  readonly name = "bellas-reef";
  readonly told: Told[] = [];
  readonly disk = new VirtualDisk();
  readonly postgres = new VirtualPostgres();
  readonly #house: House;
  readonly #configuration: Configuration;
  #run: Run | null = null;

  constructor(house: House, configuration: Configuration) {
    this.#house = house;
    this.#configuration = configuration;
  }

  get isRunning(): boolean {
    return this.#run !== null;
  }

  async start(): Promise<void> {
    const clock = new ProcessClock(this.#house.clock, this.#house.wall);
    const readings = new ReadingsBus({ log: SILENT_LOG, clock });
    const { postgres, disk } = this;
    const journal = new Journal({ readings, store: postgres, spool: disk.spool, clock, log: SILENT_LOG });
    const tank = await startTank({
      parts: {
        settings: settingsFrom({}, "/nowhere"),
        files: {
          localStoreWorker: NOWHERE,
          fileBusChild: NOWHERE,
          whatIfWorker: NOWHERE,
          migrationsDir: "",
          rendererDir: "",
          docsUiDir: "",
        },
        drivers: DRIVERS.map((driver) =>
          driver.type === "simulated-tank" ? this.#ownTank(driver, clock) : driver,
        ),
        version: "0.0.0",
        clock,
        log: new JsonLogger({ sink: { write: () => undefined }, clock, level: "error" }),
        stopping: new AbortController().signal,
        onFatal: () => undefined,
      },
      lifecycle: new Lifecycle(SILENT_LOG),
      readings,
      outputState: disk.outputState,
      outputEvents: journal,
      controlMemory: disk.controlMemory,
      isClockSynchronized: () => this.#house.wall.isSynchronized,
      onContact: async () => undefined,
    });
    const checks = this.#checksOf(tank, journal);
    this.#run = { clock, tank, journal };
    this.#hear(tank);
    tank.alarms.listenTo(new ControllerChecks(checks));
    every(clock, CHECKED_EVERY_MS, () => checks.look());
    await journal.start();
    tank.apply(this.#configuration);
  }

  kill(): void {
    this.#run?.clock.end();
    this.#run = null;
  }

  block(): void {
    this.#run?.clock.block();
  }

  unblock(): void {
    this.#run?.clock.unblock();
  }

  setDiskFull(isFull: boolean): void {
    this.disk.setFull(isFull);
  }

  setPostgres(state: "up" | "away" | "hung"): void {
    this.postgres.state = state;
    if (state === "up") this.#run?.journal.databaseIsBack();
  }

  toldSinceMs(sinceMs: number, about?: readonly string[]): number | null {
    return firstTold(this.told, sinceMs, about)?.atMs ?? null;
  }

  async resetLatches(): Promise<void> {
    const outputs = this.#run?.tank.outputs;
    if (outputs === undefined) return;
    const latched = outputs.list().filter(({ faults }) => faults.some((fault) => fault.latched));
    for (const { channelId } of latched) await outputs.reset(channelId, "keeper").catch(() => undefined);
  }

  /** Somebody says that every container is full again. */
  async refillContainers(): Promise<void> {
    const dosers = this.#configuration.loops.filter(({ type }) => type === "doser");
    for (const { id } of dosers) await this.#run?.tank.loops.refill(id);
  }

  /** The lock of the data folder refuses a second one before it builds anything: the real-process group proves it. */
  async startTwice(): Promise<void> {}

  /** An output as the arbiter has it; null while the process is dead. */
  output(key: string): Output | null {
    const channel = this.#channels().find((c) => c.key === key);
    if (channel === undefined || this.#run === null) return null;
    return this.#run.tank.outputs.list().find((o) => o.channelId === channel.id) ?? null;
  }

  get tank(): Tank | null {
    return this.#run?.tank ?? null;
  }

  #ownTank(driver: DriverDefinition, clock: ProcessClock): DriverDefinition {
    return { ...driver, create: () => mortal(this.#house.plugIn(), clock) };
  }

  #hear(tank: Tank): void {
    tank.alarms.onTransition(({ transition }, { name, channelId, loopId }) => {
      if (transition !== "raised") return;
      const [driven = null] = this.#configuration.loops.filter(({ id }) => id === loopId).flatMap(outputsOf);
      const atMs = this.#house.clock.monotonicMs();
      this.told.push({ atMs, key: this.#keyOf(channelId ?? driven), text: name });
    });
  }

  #checksOf(tank: Tank, journal: Journal): VirtualChecks {
    const finding = (text: string | null) => ({ isOk: text === null, text: text ?? "All is well." });
    const lost = () => {
      const states = this.#configuration.devices.map(({ id }) => tank.devices.status(id));
      const offline = states.find(({ state }) => state === "offline");
      return offline === undefined ? null : (offline.lastError ?? "A device is offline.");
    };
    return new VirtualChecks(
      new Map<ControllerCheck, () => ReturnType<typeof finding>>([
        ["acquisition", () => finding(lost())],
        ["database", () => finding(journal.state().lastError)],
        ["local-store", () => finding(this.disk.isFull ? "The card is full." : null)],
      ]),
    );
  }

  #keyOf(channelId: ChannelId | null | undefined): string | null {
    return this.#channels().find((c) => c.id === channelId)?.key ?? null;
  }

  #channels(): readonly ChannelConfig[] {
    return this.#configuration.channels;
  }
}
