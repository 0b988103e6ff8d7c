import {
  type Alarm,
  type AlarmCreate,
  type AlarmDefinition,
  type AlarmPatch,
  AlarmPriority,
} from "#contract/alarms.ts";
import { given } from "#contract/given.ts";
import { AlarmId } from "#contract/ids.ts";
import { instantFrom } from "#contract/time.ts";
import type { AlarmActor } from "#domain/alarms/alarm-machine.ts";
import { newId } from "../platform/ids.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { refuseUnfitAlarm } from "./alarm-fits.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import { alarmsIn } from "./offered-alarms.ts";
import type { AlarmRuntime, AlarmsService, Configuration } from "./ports.ts";

interface AlarmSettingsDeps {
  readonly keeper: ConfigurationKeeper;
  readonly runtime: AlarmRuntime;
  readonly clock: Clock;
}

/** Kinds whose value has the unit of its channel. */
const WITH_UNIT: readonly AlarmDefinition["kind"][] = [
  "low-low",
  "low",
  "high",
  "high-high",
  "rate-of-change",
  "deviation",
  "discrepancy",
  "digital",
];

/** What alarms there are and how each stands. Running them is alarms/'s. */
export class AlarmSettings implements AlarmsService {
  readonly #deps: AlarmSettingsDeps;

  constructor(deps: AlarmSettingsDeps) {
    this.#deps = deps;
  }

  list(): readonly Alarm[] {
    const configuration = this.#deps.keeper.current();
    return alarmsIn(configuration).map((alarm) => this.#view(alarm, configuration));
  }

  standing(): readonly Alarm[] {
    const ages = ({ since, raisedAt }: Alarm) => raisedAt ?? since ?? "";
    const rank = ({ priority }: Alarm) => AlarmPriority.options.indexOf(priority);
    return this.list()
      .filter(({ state }) => state !== "normal")
      .toSorted((a, b) => rank(a) - rank(b) || (ages(a) < ages(b) ? -1 : 1));
  }

  get(id: string): Alarm {
    const configuration = this.#deps.keeper.current();
    return this.#view(alarmIn(configuration, id), configuration);
  }

  async create(request: AlarmCreate): Promise<Alarm> {
    const alarm = { ...request, id: AlarmId.parse(newId(this.#deps.clock.nowMs())) };
    await this.#deps.keeper.change((current) => {
      refuseUnfitAlarm(alarm, current);
      return { ...current, alarms: [...alarmsIn(current), alarm] };
    });
    return this.get(alarm.id);
  }

  async update(id: string, patch: AlarmPatch): Promise<Alarm> {
    await this.#deps.keeper.change((current) => {
      const before = alarmIn(current, id);
      const after = { ...before, ...given(patch) };
      refuseUnfitAlarm(after, current);
      return { ...current, alarms: alarmsIn(current).map((alarm) => (alarm === before ? after : alarm)) };
    });
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    await this.#deps.keeper.change((current) => {
      const gone = alarmIn(current, id);
      return { ...current, alarms: alarmsIn(current).filter((alarm) => alarm !== gone) };
    });
  }

  acknowledge(id: string, actor: AlarmActor): Promise<Alarm> {
    return this.#command(id, { kind: "acknowledge", ...actor });
  }

  shelve(id: string, durationS: number, actor: AlarmActor): Promise<Alarm> {
    return this.#command(id, { kind: "shelve", forMs: durationS * 1_000, ...actor });
  }

  unshelve(id: string, actor: AlarmActor): Promise<Alarm> {
    return this.#command(id, { kind: "unshelve", ...actor });
  }

  reset(id: string, actor: AlarmActor): Promise<Alarm> {
    return this.#command(id, { kind: "reset", ...actor });
  }

  setInService(id: string, isInService: boolean, actor: AlarmActor): Promise<Alarm> {
    return this.#command(id, { kind: "out-of-service", isOn: !isInService, ...actor });
  }

  /** The runtime tells of every alarm whose definition changed as well: it is configured anew. */
  onChange(listener: (alarmId: AlarmId) => void): Cancel {
    return this.#deps.runtime.onChange(listener);
  }

  async #command(id: string, command: Parameters<AlarmRuntime["command"]>[1]): Promise<Alarm> {
    await this.#deps.runtime.command(alarmIn(this.#deps.keeper.current(), id).id, command);
    return this.get(id);
  }

  #view(alarm: AlarmDefinition, { channels }: Configuration): Alarm {
    const condition = this.#deps.runtime.conditionOf(alarm.id);
    const { memory, state } = condition;
    const instantOrNull = (atMs: number | null) => (atMs === null ? null : instantFrom(Math.round(atMs)));
    const unit = channels.find(({ id }) => id === alarm.channelId)?.unit ?? "";
    const isStanding = state !== "normal";
    return {
      ...alarm,
      priority: isStanding ? (memory.priority ?? alarm.priority) : alarm.priority,
      state,
      since: instantOrNull(condition.sinceMs),
      raisedAt: instantOrNull(condition.raisedAtMs),
      value: memory.lastValue,
      unit: alarm.kind === "drift" ? "×" : WITH_UNIT.includes(alarm.kind) ? unit : "",
      isInputUnknown: memory.isInputUnknown,
      shelvedUntil: instantOrNull(condition.shelvedUntilMs),
      by: isStanding ? memory.by : null,
      note: isStanding ? (memory.note ?? memory.text) : null,
      limitAt: instantOrNull(condition.limitAtMs),
      groupId: condition.groupId,
    };
  }
}

function alarmIn(configuration: Configuration, id: string): AlarmDefinition {
  return found(
    alarmsIn(configuration).find((alarm) => alarm.id === id),
    "alarm",
    id,
  );
}
