import { messageOf } from "#contract/errors.ts";
import type { NotificationChannel } from "#contract/notifications.ts";
import type { Cancel, Clock, Logger } from "../../platform/ports.ts";
import { after } from "../../platform/timing.ts";
import {
  type Announced,
  alarmEntity,
  channelEntities,
  type DiscoveryFrame,
  messageEntity,
  nodeOf,
} from "./discovery.ts";
import type { House } from "./house.ts";
import { obey } from "./house-commands.ts";
import { HouseStates } from "./house-states.ts";
import { AVAILABLE, type MqttLink } from "./mqtt-link.ts";
import { type Topics, topicsBelow } from "./topics.ts";

type Mqtt = Extract<NotificationChannel, { type: "mqtt" }>;

/** Things that change together are announced together. */
const GATHER_MS = 250;
/** An alarm tells of every change; whether there are others now is looked at this often at most. */
const ALARMS_GATHER_MS = 2_000;
const SHOWN_CHARACTERS = 80;

interface HomeBridgeDeps {
  readonly channel: Mqtt;
  readonly targetName: string;
  readonly house: House;
  readonly link: MqttLink;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The tank in a smart home: what there is, how it is, and, where that is allowed, commands through the arbiter. */
export class HomeBridge {
  readonly #deps: HomeBridgeDeps;
  readonly #topics: Topics;
  readonly #states: HouseStates;
  #cancels: Cancel[] = [];
  #cancelAnnouncing: Cancel | null = null;
  #cancelAlarms: Cancel | null = null;
  /** Which alarms there are, and what they are called. */
  #alarmNames = "";
  /** What the house was told there is, by topic. */
  #announced = new Map<string, string>();

  constructor(deps: HomeBridgeDeps) {
    this.#deps = deps;
    this.#topics = topicsBelow(deps.channel.baseTopic);
    this.#states = new HouseStates({ ...deps, topics: this.#topics });
  }

  start(): void {
    this.#states.start();
    this.#cancels.push(this.#deps.house.alarms.onChange(() => this.#alarmsChanged()));
  }

  stop(): void {
    this.#cancelAnnouncing?.();
    this.#cancelAlarms?.();
    for (const cancel of this.#cancels.splice(0)) cancel();
    this.#states.stop();
  }

  /** Channels, alarms or the tank's name may be others now. */
  thingsChanged(): void {
    this.#cancelAnnouncing ??= after(this.#deps.clock, GATHER_MS, () => {
      this.#cancelAnnouncing = null;
      this.#announce();
    });
  }

  /** The broker is there, and may know nothing: everything is said anew. @throws ReefFault device-unreachable */
  async linkIsUp(): Promise<void> {
    const { channel, link, house } = this.#deps;
    const { discoveryPrefix: prefix } = channel;
    await link.publish(this.#topics.status, AVAILABLE, true);
    const heard = [
      ...(channel.takesCommands ? this.#topics.commands : []),
      ...(prefix === null ? [] : [`${prefix}/status`, `${prefix}/+/${nodeOf(house)}/+/config`]),
    ];
    this.#announced.clear();
    this.#announce();
    this.#states.sayEverything();
    if (heard.length > 0) await link.subscribe(heard);
  }

  hear(topic: string, payload: string, isRetained: boolean): void {
    const { discoveryPrefix: prefix, takesCommands } = this.#deps.channel;
    if (prefix !== null && topic.startsWith(`${prefix}/`)) {
      if (topic === `${prefix}/status`) this.#homeIsBack(payload, isRetained);
      else this.#forgetGone(topic, payload);
      return;
    }
    const command = this.#topics.commandOf(topic);
    // A command that the broker kept is one of another time.
    if (command === null || isRetained || !takesCommands) return;
    const { house, log, targetName } = this.#deps;
    obey({ ...command, payload, by: `MQTT «${targetName}»` }, house).catch((error: unknown) => {
      const fields = { topic, payload: payload.slice(0, SHOWN_CHARACTERS), reason: messageOf(error) };
      log.warn(fields, "a command over MQTT was refused");
      this.#states.sayAgain(command.kind, command.id);
    });
  }

  #alarmsChanged(): void {
    this.#cancelAlarms ??= after(this.#deps.clock, ALARMS_GATHER_MS, () => {
      this.#cancelAlarms = null;
      if (this.#namesOfAlarms() !== this.#alarmNames) this.#announce();
    });
  }

  #namesOfAlarms(): string {
    return this.#deps.house.alarms
      .list()
      .map(({ id, name }) => `${id} ${name}`)
      .join("\n");
  }

  /** Home Assistant started again and asks who is there. */
  #homeIsBack(payload: string, isRetained: boolean): void {
    if (payload !== AVAILABLE || isRetained) return;
    this.#announced.clear();
    this.#announce();
    this.#states.sayEverything();
  }

  /** Announced once, by this controller, and not there any more: an empty announcement takes it out of the house. */
  #forgetGone(topic: string, payload: string): void {
    if (payload !== "" && !this.#announced.has(topic)) this.#tell(topic, "");
  }

  #announce(): void {
    if (!this.#deps.link.isUp) return;
    this.#alarmNames = this.#namesOfAlarms();
    const before = this.#announced;
    this.#announced = new Map(this.#wanted().map(({ topic, payload }) => [topic, payload]));
    for (const topic of before.keys()) if (!this.#announced.has(topic)) this.#tell(topic, "");
    for (const [topic, payload] of this.#announced) if (before.get(topic) !== payload) this.#tell(topic, payload);
  }

  #wanted(): readonly Announced[] {
    const { channel, house } = this.#deps;
    if (channel.discoveryPrefix === null) return [];
    const frame: DiscoveryFrame = {
      prefix: channel.discoveryPrefix,
      topics: this.#topics,
      controllerId: house.controllerId,
      tankName: house.tankName(),
      version: house.version,
      takesCommands: channel.takesCommands,
    };
    return [
      messageEntity(frame),
      ...house.channels().flatMap((c) => channelEntities(c, frame)),
      ...house.alarms.list().map((alarm) => alarmEntity(alarm, frame)),
    ];
  }

  /** What is not taken because the broker went is told when it is back, with all the rest. */
  #tell(topic: string, payload: string): void {
    this.#deps.link.publish(topic, payload, true).catch(() => this.#announced.delete(topic));
  }
}
