import { expect, onTestFinished, test, vi } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { ChannelId } from "#contract/ids.ts";
import type { NotificationChannel } from "#contract/notifications.ts";
import { MqttSender } from "#main/notifications/mqtt/mqtt-sender.ts";
import { AddressRule } from "#main/notifications/senders/addresses.ts";
import { newId } from "#main/platform/ids.ts";
import { alarm, alarmId, target } from "#tests/builders/announcements.ts";
import { output } from "#tests/builders/api-things.ts";
import { channelConfig } from "#tests/builders/channel-config.ts";
import { message } from "#tests/builders/messages.ts";
import { readingOf } from "#tests/builders/reading.ts";
import { FakeAlarmDesk } from "#tests/fakes/fake-alarm-desk.ts";
import { FakeOutputs } from "#tests/fakes/fake-outputs.ts";
import { FakeReadings } from "#tests/fakes/fake-readings.ts";
import { FastClock } from "#tests/fakes/fast-clock.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { MqttBroker } from "#tests/sinks/mqtt-broker.ts";

// Real servers and thousands of steps take their time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

type Mqtt = Extract<NotificationChannel, { type: "mqtt" }>;

const CONTROLLER = "0192f000-0000-7000-8000-0000000000ff";
const PROBE = ChannelId.parse(newId(1));
const HEATER = ChannelId.parse(newId(2));
const LAMP = ChannelId.parse(newId(3));
const NODE = `reef_${CONTROLLER}`;

interface Surroundings {
  readonly password?: string;
  readonly given?: string;
  /** How much faster than ours its time passes. */
  readonly speed?: number;
}

async function bench(over: Partial<Mqtt> = {}, around: Surroundings = {}) {
  const { password = null, given = password, speed = 10 } = around;
  const broker = await MqttBroker.start({ password });
  const channel: Mqtt = {
    type: "mqtt",
    url: broker.url,
    username: password === null ? null : "keeper",
    password: null,
    baseTopic: "reef",
    discoveryPrefix: "homeassistant",
    takesCommands: false,
    ...over,
  };
  const clock = new FastClock(speed);
  const log = new RecordingLog();
  const outputs = new FakeOutputs();
  outputs.outputs = [output({ channelId: HEATER }), output({ channelId: LAMP, role: "light", actual: 40 })];
  const alarms = new FakeAlarmDesk();
  alarms.alarms = [alarm()];
  const readings = new FakeReadings(clock);
  const channels = [
    channelConfig({ id: PROBE, name: "Display temperature" }),
    channelConfig({ id: HEATER, name: "Heater", kind: "switch", role: "heater" }),
    channelConfig({ id: LAMP, name: "Lamp", kind: "dimmer", role: "light" }),
  ];
  let ups = 0;
  const sender = new MqttSender({
    target: { ...target({ name: "House" }), channel },
    context: { clock, log, addresses: new AddressRule(true), secret: async () => given },
    house: {
      controllerId: CONTROLLER,
      version: "1.2.3",
      readings,
      outputs,
      alarms,
      channels: () => channels,
      tankName: () => "Reef tank",
    },
    random: Math.random,
    onUp: () => {
      ups += 1;
    },
  });
  onTestFinished(() => sender.stop());
  sender.start();
  const isUp = async (times = 1) => {
    await broker.until(`the connection number ${times}`, () => ups >= times);
  };
  const config = (component: string, id: string) =>
    JSON.parse(broker.retained.get(`homeassistant/${component}/${NODE}/${id}/config`) ?? "null");
  const state = (kind: string, id: string) =>
    JSON.parse(broker.retained.get(`reef/${kind}/${id}/state`) ?? "null");
  return { broker, clock, log, outputs, alarms, readings, channels, sender, isUp, config, state };
}

test("a house finds every channel, output and alarm, each with its unit, class, state and availability", async () => {
  const { broker, readings, isUp, config, state } = await bench();
  readings.publish(readingOf({ channelId: PROBE, value: 25.4 }));
  await isUp();
  await broker.until("the state of the alarm", () => broker.retained.has(`reef/alarm/${alarmId(1)}/state`));
  expect(config("sensor", PROBE)).toMatchObject({
    name: "Display temperature",
    unique_id: `reef_${PROBE}`,
    device_class: "temperature",
    unit_of_measurement: "°C",
    state_class: "measurement",
    state_topic: `reef/sensor/${PROBE}/state`,
    availability_topic: "reef/status",
    device: { identifiers: [NODE], name: "Reef tank" },
  });
  expect(state("sensor", PROBE)).toEqual({ value: 25.4, quality: "good", reason: null });
  expect(config("binary_sensor", HEATER)).not.toHaveProperty("command_topic");
  expect(config("binary_sensor", alarmId(1))).toMatchObject({ device_class: "problem" });
  expect(state("alarm", alarmId(1))).toMatchObject({ state: "OFF", alarmState: "normal" });
  expect(config("event", "message")).toMatchObject({ state_topic: "reef/message" });
  expect(broker.retained.get("reef/status")).toBe("online");
});

test("a stop says offline, and so does the last will when the connection just ends", async () => {
  const { broker, sender, isUp } = await bench();
  await isUp();
  await sender.stop();
  await broker.until("offline", () => broker.of("reef/status").at(-1) === "offline");
});

test("a stop says offline once: its last will does not come after it", async () => {
  // A busy machine gets through the leave within its limit.
  const { broker, sender, isUp } = await bench({}, { speed: 0.1 });
  await isUp();
  await sender.stop();
  await broker.until("the end", () => !broker.isConnected);
  await broker.say("another/topic", "after all that");
  expect(broker.of("reef/status")).toEqual(["online", "offline"]);
});

test("states are said when they change, and each thing once a second at most", async () => {
  const { broker, readings, alarms, isUp, state } = await bench();
  await isUp();
  const topic = `reef/sensor/${PROBE}/state`;
  for (let n = 0; n < 50; n++) readings.publish(readingOf({ channelId: PROBE, value: 25 + n / 100 }));
  await broker.until("the last value", () => state("sensor", PROBE)?.value === 25.49);
  const said = broker.of(topic).length;
  expect(said).toBeLessThanOrEqual(2);
  readings.publish(readingOf({ channelId: PROBE, value: 25.49 }));
  alarms.change(alarm({ state: "unacknowledged", value: 27 }));
  await broker.until("the alarm", () => state("alarm", alarmId(1))?.state === "ON");
  expect(broker.of(topic)).toHaveLength(said);
});

test("a bad reading has no value", async () => {
  const { broker, readings, isUp, state } = await bench();
  await isUp();
  readings.publish(readingOf({ channelId: PROBE, value: null, quality: "bad", reason: "comm" }));
  await broker.until("the fault", () => state("sensor", PROBE)?.reason === "comm");
  expect(state("sensor", PROBE)).toEqual({ value: null, quality: "bad", reason: "comm" });
});

test("a broker that restarts and forgot everything is told everything again", async () => {
  const { broker, log, readings, isUp, config, state } = await bench();
  readings.publish(readingOf({ channelId: PROBE, value: 25.4 }));
  await isUp();
  await broker.down();
  await broker.up();
  await isUp(2);
  await broker.until("the state", () => state("sensor", PROBE)?.value === 25.4);
  expect(config("sensor", PROBE)).toMatchObject({ device_class: "temperature" });
  expect(broker.retained.get("reef/status")).toBe("online");
  expect(log.messages).toEqual(["warn the broker is away; it is asked again", "info the broker is back"]);
});

test("a message is told once, and refused while the broker is away, so that it waits", async () => {
  const { broker, sender, isUp } = await bench();
  await isUp();
  await sender.send(message());
  expect(broker.of("reef/message").map((text) => JSON.parse(text))).toMatchObject([{ kind: "raised" }]);
  await broker.down();
  await broker.until("the end", () => !broker.isConnected);
  await expect(sender.send(message())).rejects.toMatchObject({ code: "device-unreachable" });
});

test("a house that starts anew hears of everything again", async () => {
  const { broker, isUp } = await bench();
  await isUp();
  await broker.until("its question can be heard", () => broker.subscriptions.includes("homeassistant/status"));
  const topic = `homeassistant/sensor/${NODE}/${PROBE}/config`;
  const before = broker.of(topic).length;
  await broker.say("homeassistant/status", "online");
  await broker.until("the announcement again", () => broker.of(topic).length > before);
});

test("a command goes to the arbiter as an override with an end, and says who asked", async () => {
  const { broker, outputs, isUp, state, config } = await bench({ takesCommands: true });
  await isUp();
  expect(config("switch", HEATER)).toMatchObject({ command_topic: `reef/output/${HEATER}/set` });
  expect(config("light", LAMP)).toMatchObject({ brightness_scale: 100, on_command_type: "brightness" });
  await broker.say(`reef/output/${HEATER}/set`, "ON");
  await broker.until("the state", () => state("output", HEATER)?.owner === "manual");
  expect(outputs.actors).toEqual(["MQTT «House»"]);
  expect(outputs.get(HEATER).requested).toBe(100);
  await broker.say(`reef/output/${LAMP}/set`, JSON.stringify({ level: 30, durationS: 60 }));
  await broker.until("the lamp", () => state("output", LAMP)?.requested === 30);
});

test("a refused command changes nothing, is logged, and the true state is said again", async () => {
  const { broker, outputs, log, isUp } = await bench({ takesCommands: true });
  outputs.refusal = new ReefFault("emergency-stopped", "Emergency stop holds every output.");
  await isUp();
  const topic = `reef/output/${HEATER}/state`;
  await broker.until("the first state", () => broker.of(topic).length === 1);
  await broker.say(`reef/output/${HEATER}/set`, "ON");
  await broker.until("the state again", () => broker.of(topic).length === 2);
  expect(broker.of(topic)[1]).toBe(broker.of(topic)[0]);
  expect(log.lines.at(-1)).toMatchObject({
    message: "a command over MQTT was refused",
    fields: { reason: "Emergency stop holds every output." },
  });
});

test("a command is heard only where that is allowed, and never one that the broker kept", async () => {
  const { broker, outputs, isUp } = await bench();
  await isUp();
  expect(broker.subscriptions).not.toContain("reef/output/+/set");
  const keeping = await bench({ takesCommands: true });
  await keeping.isUp();
  await keeping.broker.down();
  await keeping.broker.up();
  await keeping.broker.say(`reef/output/${HEATER}/set`, "ON", true);
  await keeping.isUp(2);
  await keeping.broker.say(`reef/output/${LAMP}/set`, "50");
  await keeping.broker.until("the lamp", () => keeping.outputs.actors.length > 0);
  expect(keeping.outputs.get(HEATER).requested).toBe(0);
  expect(outputs.actors).toEqual([]);
});

test("an alarm is acknowledged from the house", async () => {
  const { broker, alarms, isUp, state } = await bench({ takesCommands: true });
  alarms.change(alarm({ state: "unacknowledged" }));
  alarms.unacknowledged.add(alarmId(1));
  await isUp();
  await broker.say(`reef/alarm/${alarmId(1)}/set`, "ACKNOWLEDGE");
  await broker.until("the acknowledgement", () => state("alarm", alarmId(1))?.alarmState === "acknowledged");
  expect(alarms.acknowledgedBy).toEqual(["MQTT «House»"]);
});

test("what is gone leaves the house, though it was announced by an earlier run", async () => {
  const { broker, alarms, sender, channels, isUp } = await bench();
  const old = `homeassistant/sensor/${NODE}/gone/config`;
  await isUp();
  await broker.down();
  await broker.up();
  await broker.say(old, "{}", true);
  await isUp(2);
  await broker.until("the old one goes", () => broker.of(old).at(-1) === "");
  channels.splice(0, 1);
  sender.thingsChanged();
  alarms.remove(alarmId(1));
  await broker.until(
    "the probe goes",
    () => broker.of(`homeassistant/sensor/${NODE}/${PROBE}/config`).at(-1) === "",
  );
  await broker.until(
    "the alarm goes",
    () => broker.of(`homeassistant/binary_sensor/${NODE}/${alarmId(1)}/config`).at(-1) === "",
  );
});

test("a broker that asks who comes is answered, and a wrong password is said", async () => {
  const { isUp } = await bench({}, { password: "right" });
  await isUp();
  const wrong = await bench({}, { password: "right", given: "wrong" });
  await wrong.broker.until("the refusal", () => wrong.log.lines.length > 0);
  expect(wrong.log.lines[0]?.fields["reason"]).toMatch(/Not authorized|password/i);
  await expect(wrong.sender.send(message())).rejects.toThrow(/Not authorized|password/i);
});

test("without discovery the tank is there all the same", async () => {
  const { broker, isUp } = await bench({ discoveryPrefix: null });
  await isUp();
  await broker.until("the alarm", () => broker.retained.has(`reef/alarm/${alarmId(1)}/state`));
  expect([...broker.retained.keys()].filter((topic) => topic.startsWith("homeassistant"))).toEqual([]);
});
