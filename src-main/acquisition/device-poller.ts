import type { ChannelId, DeviceId } from "#contract/ids.ts";
import type { PollerState } from "#contract/system.ts";
import type { DeviceDriver } from "../hardware/ports.ts";
import type { Clock } from "../platform/ports.ts";
import type { ChannelIntake } from "./channel-intake.ts";
import { DriverCalls } from "./driver-calls.ts";
import type { Intakes } from "./intakes.ts";
import { PollGroup } from "./poll-group.ts";
import type { PolledDevice } from "./ports.ts";

export interface DevicePollerParts {
  readonly clock: Clock;
  readonly intakes: Intakes;
  /** Where in the first moments a new group begins, so that a thousand do not share one instant, ms. */
  readonly nextDelayMs: () => number;
  readonly onLost: (error: unknown) => void;
  readonly onAnswered: () => void;
}

/** One device: its driver's calls and a group of channels for each interval. */
export class DevicePoller {
  readonly #parts: DevicePollerParts;
  readonly #groups = new Map<number, PollGroup>();
  readonly #deviceId: DeviceId;
  readonly #failing = new Set<PollGroup>();
  #calls: DriverCalls;
  #members: readonly ChannelIntake[] = [];
  #isRunning: boolean = false;

  constructor(device: PolledDevice, parts: DevicePollerParts) {
    this.#parts = parts;
    this.#deviceId = device.deviceId;
    this.#calls = callsOf(device, parts.clock);
  }

  /** The device as it is from now on: unchanged groups keep their grid, new ones and a new driver are sampled at once. */
  configure(device: PolledDevice): void {
    if (!this.isDrivenBy(device.driver)) {
      this.#stopGroups();
      this.#calls = callsOf(device, this.#parts.clock);
      this.#failing.clear();
    }
    const sensors = device.channels.filter((channel) => channel.kind === "sensor");
    const members = sensors.map((channel) => this.#parts.intakes.watch(channel));
    for (const gone of this.#members) if (!members.includes(gone)) this.#parts.intakes.release(gone);
    this.#members = members;
    this.#regroup();
    if (this.#isRunning) this.start();
  }

  /** A channel may be asked more often from now on, or no longer: where it is one of its own, it joins the others of that interval. */
  regroup(channelId: ChannelId): void {
    if (!this.#members.some((intake) => intake.channelId === channelId)) return;
    this.#regroup();
    if (this.#isRunning) this.start();
  }

  isDrivenBy(driver: DeviceDriver): boolean {
    return this.#calls.driver === driver;
  }

  start(): void {
    this.#isRunning = true;
    for (const group of this.#groups.values()) if (!group.isRunning) group.start(this.#parts.nextDelayMs());
  }

  pause(): void {
    this.#isRunning = false;
    this.#stopGroups();
  }

  /** Lets go of its channels too. */
  stop(): void {
    this.pause();
    for (const intake of this.#members) this.#parts.intakes.release(intake);
    this.#members = [];
  }

  states(): readonly PollerState[] {
    return [...this.#groups.values()].map((group) => group.state());
  }

  #stopGroups(): void {
    for (const group of this.#groups.values()) group.stop();
  }

  #regroup(): void {
    const byInterval = Map.groupBy(this.#members, (intake) => intake.intervalS);
    for (const [intervalS, group] of this.#groups) {
      if (byInterval.has(intervalS)) continue;
      group.stop();
      this.#failing.delete(group);
      this.#groups.delete(intervalS);
    }
    for (const [intervalS, members] of byInterval) {
      const group = this.#groups.get(intervalS) ?? this.#newGroup(intervalS);
      group.setMembers(members);
      this.#groups.set(intervalS, group);
    }
  }

  #newGroup(intervalS: number): PollGroup {
    const { clock, intakes } = this.#parts;
    const deviceId = this.#deviceId;
    const group: PollGroup = new PollGroup({
      deviceId,
      intervalS,
      clock,
      intakes,
      calls: () => this.#calls,
      onAnswered: () => this.#onAnswered(group),
      onFailed: (error) => this.#onFailed(group, error),
    });
    return group;
  }

  #onFailed(group: PollGroup, error: unknown): void {
    this.#failing.add(group);
    this.#parts.onLost(error);
  }

  /** Back only when every group that failed has an answer: one that fails on beside one that works is one outage. */
  #onAnswered(group: PollGroup): void {
    this.#failing.delete(group);
    if (this.#failing.size === 0) this.#parts.onAnswered();
  }
}

function callsOf(device: PolledDevice, clock: Clock): DriverCalls {
  return new DriverCalls(device.driver, clock, `device ${device.deviceId}`);
}
