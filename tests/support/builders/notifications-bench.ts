import { onTestFinished } from "vitest";
import type { NotificationSettings, NotificationTargetConfig } from "#contract/notifications.ts";
import { Notifications } from "#main/notifications/notifications.ts";
import { VirtualClock } from "#main/platform/virtual-clock.ts";
import { FakeAlarmDesk } from "#tests/fakes/fake-alarm-desk.ts";
import { FakeAnnouncements } from "#tests/fakes/fake-announcements.ts";
import { FakeDeliveryStore } from "#tests/fakes/fake-delivery-store.ts";
import { FakeOutputs } from "#tests/fakes/fake-outputs.ts";
import { FakeReadings } from "#tests/fakes/fake-readings.ts";
import { FakeSecretStore } from "#tests/fakes/fake-secret-store.ts";
import { RecordingLog } from "#tests/fakes/recording-log.ts";
import { configOf } from "./configuration.ts";

export const BENCH_START_MS = Date.UTC(2026, 5, 1, 12);

interface BenchOptions {
  readonly targets?: readonly NotificationTargetConfig[];
  readonly settings?: Partial<NotificationSettings>;
  readonly allowsLoopback?: boolean;
  readonly isInControl?: () => boolean;
}

/** The part that tells, whole, over a disk and alarms that outlive it. */
export function notificationsBench({
  targets = [],
  settings = {},
  allowsLoopback = true,
  isInControl = () => true,
}: BenchOptions = {}) {
  const clock = new VirtualClock(BENCH_START_MS);
  const log = new RecordingLog();
  const store = new FakeDeliveryStore();
  const secrets = new FakeSecretStore();
  const source = new FakeAnnouncements();
  const alarms = new FakeAlarmDesk();
  const configuration = (over: BenchOptions = {}) =>
    configOf({
      notifications: {
        targets: over.targets ?? targets,
        settings: { heartbeat: null, linkBase: "https://reef.example/", ...(over.settings ?? settings) },
      },
    });
  const started = async () => {
    const notifications = new Notifications({ store, secrets, clock, log, random: () => 0.5, allowsLoopback });
    onTestFinished(() => notifications.stop());
    notifications.configure(configuration());
    const house = {
      controllerId: "0192f000-0000-7000-8000-0000000000ff",
      version: "1.2.3",
      readings: new FakeReadings(clock),
      outputs: new FakeOutputs(),
      alarms,
    };
    await notifications.start({ source, house, isInControl });
    return notifications;
  };
  return { clock, log, store, secrets, source, alarms, configuration, started };
}
