import type { AlarmDefinition, AlarmState, AlarmTransition } from "#contract/alarms.ts";
import type { AlarmId } from "#contract/ids.ts";
import type { AlarmCommand } from "#domain/alarms/alarm-machine.ts";
import type { Cancel } from "../platform/ports.ts";

export interface StandingAlarm {
  readonly definition: AlarmDefinition;
  readonly state: AlarmState;
}

export interface AlarmService {
  /** The whole set from now on; an alarm whose definition did not change keeps its memory. */
  configure(definitions: readonly AlarmDefinition[]): void;
  /** Every alarm that is not normal. */
  standing(): readonly StandingAlarm[];
  /** @throws ReefFault not-found */
  command(alarmId: AlarmId, command: AlarmCommand): AlarmState;
  /** Alarms of these kinds announce nothing until other kinds, or none, are named; what protects the tank is none of them. */
  keepQuiet(kinds: readonly string[], by: string): void;
  onTransition(listener: (transition: AlarmTransition, definition: AlarmDefinition) => void): Cancel;
}
