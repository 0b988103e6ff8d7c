import { ReefFault } from "#contract/errors.ts";
import { NotificationTargetId } from "#contract/ids.ts";
import {
  type DesktopNotice,
  NO_NOTIFICATIONS,
  type NotificationSettings,
  type NotificationSettingsPatch,
  type NotificationTarget,
  type NotificationTargetCreate,
  type NotificationTargetPatch,
  type NotificationTestResult,
} from "#contract/notifications.ts";
import type { AcknowledgeView, NotificationService } from "#main/notifications/ports.ts";
import { newId } from "#main/platform/ids.ts";
import type { NotificationTargetsService } from "#main/settings/ports.ts";

/** One link that can be used once: `good`. */
export class FakeNotifications implements NotificationService {
  readonly listeners = new Set<(notice: DesktopNotice) => void>();
  isUsed = false;

  onDesktopNotice(listener: (notice: DesktopNotice) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  acknowledgement(token: string): AcknowledgeView {
    const alarms = ["Too <warm>"];
    if (token !== "good")
      return { state: "unknown", heading: "This link leads nowhere", text: "Open the app.", alarms: [] };
    if (this.isUsed)
      return { state: "used", heading: "This link was used already", text: "Open the app.", alarms };
    return { state: "open", heading: "Acknowledge?", text: "It will say that Anna knows.", alarms };
  }

  async acknowledge(token: string): Promise<AcknowledgeView> {
    const view = this.acknowledgement(token);
    if (view.state !== "open") return view;
    this.isUsed = true;
    return { ...view, state: "acknowledged", heading: "Acknowledged" };
  }
}

/** Targets in memory; every test message arrives. */
export class FakeNotificationTargets implements NotificationTargetsService {
  targets: NotificationTarget[] = [];
  #settings: NotificationSettings = NO_NOTIFICATIONS.settings;

  async list(): Promise<readonly NotificationTarget[]> {
    return this.targets;
  }

  async get(id: string): Promise<NotificationTarget> {
    const target = this.targets.find((candidate) => candidate.id === id);
    if (target === undefined) throw new ReefFault("not-found", "There is no notification target with this id.");
    return target;
  }

  async create(request: NotificationTargetCreate): Promise<NotificationTarget> {
    const delivery = { waiting: 0, lastSentAt: null, lastFailedAt: null, lastError: null };
    const target = { ...request, id: NotificationTargetId.parse(newId(7)), secretsKept: [], delivery };
    this.targets.push(target);
    return target;
  }

  async update(id: string, patch: NotificationTargetPatch): Promise<NotificationTarget> {
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const after = { ...(await this.get(id)), ...given };
    this.targets = this.targets.map((target) => (target.id === id ? after : target));
    return after;
  }

  async remove(id: string): Promise<void> {
    await this.get(id);
    this.targets = this.targets.filter((target) => target.id !== id);
  }

  async test(id: string): Promise<NotificationTestResult> {
    await this.get(id);
    return { ok: true, detail: "The message was taken; look whether it arrived." };
  }

  settings(): NotificationSettings {
    return this.#settings;
  }

  async updateSettings({ heartbeat, linkBase }: NotificationSettingsPatch): Promise<NotificationSettings> {
    this.#settings = {
      heartbeat: heartbeat === undefined ? this.#settings.heartbeat : heartbeat,
      linkBase: linkBase === undefined ? this.#settings.linkBase : linkBase,
    };
    return this.#settings;
  }
}
