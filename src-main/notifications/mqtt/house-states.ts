import type { ChannelId } from "#contract/ids.ts";
import type { Cancel, Clock } from "../../platform/ports.ts";
import { every } from "../../platform/timing.ts";
import type { House } from "./house.ts";
import type { MqttLink } from "./mqtt-link.ts";
import { alarmState, outputState, readingState } from "./states.ts";
import type { ThingKind, Topics } from "./topics.ts";

/** Each thing is said at most this often, ms. */
const SAY_EVERY_MS = 1_000;

interface HouseStatesDeps {
  readonly house: House;
  readonly link: Pick<MqttLink, "isUp" | "publish">;
  readonly topics: Topics;
  readonly clock: Clock;
}

/** How everything is, as the broker was told it: said when it changed, each thing once a second at most. */
export class HouseStates {
  readonly #deps: HouseStatesDeps;
  readonly #cancels: Cancel[] = [];
  readonly #changed: Readonly<Record<ThingKind, Set<string>>> = {
    sensor: new Set(),
    output: new Set(),
    alarm: new Set(),
  };
  /** By topic. */
  readonly #said = new Map<string, string>();

  constructor(deps: HouseStatesDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { house, clock } = this.#deps;
    this.#cancels.push(
      house.readings.subscribe("MQTT", ({ channelId }) => this.#changed.sensor.add(channelId)),
      house.outputs.onChange(({ channelId }) => this.#changed.output.add(channelId)),
      house.alarms.onChange((id) => this.#changed.alarm.add(id)),
      every(clock, SAY_EVERY_MS, () => this.sayChanges()),
    );
  }

  stop(): void {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }

  /** Whoever listens may know nothing. */
  sayEverything(): void {
    const { house } = this.#deps;
    this.#said.clear();
    for (const { id, kind } of house.channels()) if (kind === "sensor") this.#changed.sensor.add(id);
    for (const { channelId } of house.outputs.list()) this.#changed.output.add(channelId);
    for (const { id } of house.alarms.list()) this.#changed.alarm.add(id);
    this.sayChanges();
  }

  /** Somebody believes something else of this thing. */
  sayAgain(kind: ThingKind, id: string): void {
    this.#said.delete(this.#deps.topics.state(kind, id));
    this.#changed[kind].add(id);
    this.sayChanges();
  }

  sayChanges(): void {
    const { house, link } = this.#deps;
    if (!link.isUp) return;
    for (const id of this.#taken("sensor")) {
      const last = house.readings.latest(id as ChannelId);
      if (last !== null) this.#say("sensor", id, readingState(last.reading));
    }
    for (const output of this.#among(
      "output",
      () => house.outputs.list(),
      (o) => o.channelId,
    )) {
      this.#say("output", output.channelId, outputState(output));
    }
    for (const alarm of this.#among(
      "alarm",
      () => house.alarms.list(),
      (a) => a.id,
    )) {
      this.#say("alarm", alarm.id, alarmState(alarm));
    }
  }

  #among<T>(kind: ThingKind, list: () => readonly T[], idOf: (item: T) => string): readonly T[] {
    const ids = this.#taken(kind);
    return ids.size === 0 ? [] : list().filter((item) => ids.has(idOf(item)));
  }

  #taken(kind: ThingKind): ReadonlySet<string> {
    const taken = new Set(this.#changed[kind]);
    this.#changed[kind].clear();
    return taken;
  }

  /** What a broker did not take is said again when it is back: all of it. */
  #say(kind: ThingKind, id: string, payload: string): void {
    const topic = this.#deps.topics.state(kind, id);
    if (this.#said.get(topic) === payload) return;
    this.#said.set(topic, payload);
    this.#deps.link.publish(topic, payload, true).catch(() => this.#said.delete(topic));
  }
}
