import type { Alarm } from "#contract/alarms.ts";
import type { ChannelConfig } from "#contract/channels.ts";
import type { Quantity } from "#contract/quantities.ts";
import type { MessageKind } from "../message.ts";
import type { ThingKind, Topics } from "./topics.ts";

/** What Home Assistant calls a quantity (developers.home-assistant.io, sensor device classes); those without have only a unit. */
const DEVICE_CLASS: Partial<Record<Quantity, string>> = {
  temperature: "temperature",
  "controller-temperature": "temperature",
  ph: "ph",
  orp: "voltage",
  conductivity: "conductivity",
  power: "power",
  energy: "energy",
  voltage: "voltage",
  current: "current",
  humidity: "humidity",
};
/** Home Assistant's spelling of a unit, where it is not ours; pH has none. */
const UNIT: Readonly<Record<string, string | null>> = { pH: null, "%RH": "%", "": null };
const MESSAGE_KINDS: readonly MessageKind[] = [
  "raised",
  "returned",
  "repeated",
  "raised-and-returned",
  "digest",
  "test",
  "trouble",
];

export interface DiscoveryFrame {
  /** Home Assistant's prefix. */
  readonly prefix: string;
  readonly topics: Topics;
  readonly controllerId: string;
  readonly tankName: string;
  readonly version: string;
  readonly takesCommands: boolean;
}

/** One entity's configuration: where it is announced, and the words. */
export interface Announced {
  readonly topic: string;
  readonly payload: string;
}

/** Everything of this controller is announced below one node, so that what is gone can be found. */
export function nodeOf({ controllerId }: Pick<DiscoveryFrame, "controllerId">): string {
  return `reef_${controllerId}`;
}

/** A sensor, or an output: with a command topic only where commands are heard. */
export function channelEntities(channel: ChannelConfig, frame: DiscoveryFrame): readonly Announced[] {
  if (channel.kind === "sensor") return [sensorEntity(channel, frame)];
  const [component, fields] = outputFields(channel, frame);
  const output = entity(frame, { component, id: channel.id, name: channel.name, kind: "output", fields });
  return frame.takesCommands ? [output, automaticButton(channel, frame)] : [output];
}

/** A problem that is there or not. */
export function alarmEntity(alarm: Alarm, frame: DiscoveryFrame): Announced {
  const fields = {
    device_class: "problem",
    value_template: "{{ value_json.state }}",
    payload_on: "ON",
    payload_off: "OFF",
  };
  return entity(frame, { component: "binary_sensor", id: alarm.id, name: alarm.name, kind: "alarm", fields });
}

/** The messages themselves, as events that can start an automation. */
export function messageEntity(frame: DiscoveryFrame): Announced {
  const template =
    "{{ {'event_type': value_json.kind, 'title': value_json.title, 'text': value_json.text, " +
    "'priority': value_json.priority, 'id': value_json.id} | tojson }}";
  const fields = { event_types: MESSAGE_KINDS, value_template: template, state_topic: frame.topics.messages };
  return announced(frame, { component: "event", id: "message", name: "Alarm message", fields });
}

function sensorEntity(channel: ChannelConfig, frame: DiscoveryFrame): Announced {
  const named = { id: channel.id, name: channel.name, kind: "sensor" as const };
  if (isDigital(channel)) {
    const fields = {
      ...(channel.quantity === "leak" ? { device_class: "moisture" } : {}),
      value_template:
        "{% if value_json.value is none %}None{% elif value_json.value > 0 %}ON{% else %}OFF{% endif %}",
    };
    return entity(frame, { component: "binary_sensor", ...named, fields });
  }
  const deviceClass = DEVICE_CLASS[channel.quantity];
  const unit = channel.unit in UNIT ? UNIT[channel.unit] : channel.unit;
  const fields = {
    ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
    ...(unit === null || unit === undefined ? {} : { unit_of_measurement: unit }),
    state_class: channel.quantity === "energy" ? "total_increasing" : "measurement",
    value_template: "{{ value_json.value }}",
  };
  return entity(frame, { component: "sensor", ...named, fields });
}

/** Leak sensors and floats are one of two things. */
function isDigital({ quantity, unit }: ChannelConfig): boolean {
  return quantity === "leak" || (quantity === "level" && unit !== "%");
}

function outputFields(channel: ChannelConfig, frame: DiscoveryFrame): readonly [string, object] {
  const isSwitch = channel.kind === "switch";
  const isOn = "{{ 'None' if value_json.level is none else ('ON' if value_json.level > 0 else 'OFF') }}";
  if (!frame.takesCommands) {
    if (isSwitch) return ["binary_sensor", { value_template: isOn }];
    return ["sensor", { unit_of_measurement: "%", value_template: "{{ value_json.level }}" }];
  }
  const command = frame.topics.command("output", channel.id);
  if (isSwitch) {
    return ["switch", { command_topic: command, value_template: isOn, state_on: "ON", state_off: "OFF" }];
  }
  if (channel.role !== "light") {
    const range = { min: 0, max: 100, step: 1, unit_of_measurement: "%" };
    return ["number", { command_topic: command, value_template: "{{ value_json.level }}", ...range }];
  }
  return [
    "light",
    {
      command_topic: command,
      state_value_template: isOn,
      brightness_command_topic: command,
      brightness_state_topic: frame.topics.state("output", channel.id),
      brightness_value_template: "{{ value_json.level | default(0, true) }}",
      brightness_scale: 100,
      on_command_type: "brightness",
    },
  ];
}

/** An override ends by itself; this ends it now. */
function automaticButton(channel: ChannelConfig, frame: DiscoveryFrame): Announced {
  const fields = { command_topic: frame.topics.command("output", channel.id), payload_press: "AUTO" };
  const id = `${channel.id}_auto`;
  return announced(frame, { component: "button", id, name: `${channel.name} back to automatic`, fields });
}

interface Entity {
  readonly component: string;
  readonly id: string;
  readonly name: string;
  readonly fields: object;
}

function entity(frame: DiscoveryFrame, of: Entity & { readonly kind: ThingKind }): Announced {
  const state = frame.topics.state(of.kind, of.id);
  return announced(frame, { ...of, fields: { state_topic: state, json_attributes_topic: state, ...of.fields } });
}

function announced(frame: DiscoveryFrame, { component, id, name, fields }: Entity): Announced {
  const device = {
    identifiers: [nodeOf(frame)],
    name: frame.tankName,
    manufacturer: "Bella's Reef",
    model: "Control Center",
    sw_version: frame.version,
  };
  const payload = {
    name,
    unique_id: `reef_${id === "message" ? frame.controllerId : ""}${id}`,
    ...fields,
    availability_topic: frame.topics.status,
    device,
    origin: { name: "Bella's Reef Control Center", sw_version: frame.version },
  };
  return {
    topic: `${frame.prefix}/${component}/${nodeOf(frame)}/${id}/config`,
    payload: JSON.stringify(payload),
  };
}
