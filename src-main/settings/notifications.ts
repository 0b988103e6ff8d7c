import { NotificationTargetId } from "#contract/ids.ts";
import {
  type NotificationChannel,
  type NotificationSettings,
  type NotificationSettingsPatch,
  type NotificationTarget,
  type NotificationTargetConfig,
  type NotificationTargetCreate,
  type NotificationTargetPatch,
  type NotificationTestResult,
  notificationSecretName,
  secretFieldOf,
} from "#contract/notifications.ts";
import { newId } from "../platform/ids.ts";
import type { Clock } from "../platform/ports.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import type { Configuration, NotificationRuntime, NotificationTargetsService, SecretKeeper } from "./ports.ts";

interface NotificationTargetSettingsDeps {
  readonly keeper: ConfigurationKeeper;
  readonly secrets: SecretKeeper;
  readonly runtime: NotificationRuntime;
  readonly clock: Clock;
}

/** Who is told, and how. Secrets are kept on this machine alone: the configuration, and its database, hold none. */
export class NotificationTargetSettings implements NotificationTargetsService {
  readonly #deps: NotificationTargetSettingsDeps;

  constructor(deps: NotificationTargetSettingsDeps) {
    this.#deps = deps;
  }

  list(): Promise<readonly NotificationTarget[]> {
    return Promise.all(this.#deps.keeper.current().notifications.targets.map((target) => this.#view(target)));
  }

  async get(id: string): Promise<NotificationTarget> {
    return this.#view(targetIn(this.#deps.keeper.current(), id));
  }

  async create(request: NotificationTargetCreate): Promise<NotificationTarget> {
    const { keeper, clock, runtime } = this.#deps;
    runtime.assertAllowed(request.channel);
    const target = { ...request, id: NotificationTargetId.parse(newId(clock.nowMs())) };
    await this.#withSecret(target, async (bare) => {
      await keeper.change((current) => withTargets(current, (targets) => [...targets, bare]));
    });
    return this.get(target.id);
  }

  async update(id: string, patch: NotificationTargetPatch): Promise<NotificationTarget> {
    const { keeper, runtime } = this.#deps;
    const before = targetIn(keeper.current(), id);
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const after: NotificationTargetConfig = { ...before, ...given };
    runtime.assertAllowed(after.channel);
    await this.#withoutForeignSecret(before, after, () =>
      this.#withSecret(after, async (bare) => {
        await keeper.change((current) => {
          targetIn(current, id);
          return withTargets(current, (targets) => targets.map((target) => (target.id === id ? bare : target)));
        });
      }),
    );
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    const { keeper, secrets } = this.#deps;
    const target = targetIn(keeper.current(), id);
    await keeper.change((current) => withTargets(current, (targets) => targets.filter((t) => t.id !== id)));
    const field = secretFieldOf(target.channel);
    if (field !== null) await secrets.remove(notificationSecretName(target.id, field));
  }

  async test(id: string): Promise<NotificationTestResult> {
    return this.#deps.runtime.test(targetIn(this.#deps.keeper.current(), id));
  }

  settings(): NotificationSettings {
    return this.#deps.keeper.current().notifications.settings;
  }

  async updateSettings(patch: NotificationSettingsPatch): Promise<NotificationSettings> {
    const { heartbeat, linkBase } = patch;
    if (heartbeat !== undefined && heartbeat !== null) {
      this.#deps.runtime.assertAllowed({ type: "heartbeat", url: heartbeat.url });
    }
    await this.#deps.keeper.change((current) => {
      const { settings } = current.notifications;
      const next = {
        heartbeat: heartbeat === undefined ? settings.heartbeat : heartbeat,
        linkBase: linkBase === undefined ? settings.linkBase : linkBase,
      };
      return { ...current, notifications: { ...current.notifications, settings: next } };
    });
    return this.settings();
  }

  /**
   * A secret that another server would see goes first: a target in force never finds it. It is back where the change
   * comes to nothing.
   */
  async #withoutForeignSecret(
    before: NotificationTargetConfig,
    after: NotificationTargetConfig,
    change: () => Promise<void>,
  ): Promise<void> {
    const { secrets } = this.#deps;
    const field = secretFieldOf(before.channel);
    if (field === null || destinationOf(before.channel) === destinationOf(after.channel)) return change();
    const name = notificationSecretName(before.id, field);
    const secret = await secrets.get(name);
    if (secret === null) return change();
    await secrets.remove(name);
    try {
      await change();
    } catch (error) {
      await secrets.put(name, secret);
      throw error;
    }
  }

  /** The secret is kept first: a target in force finds it. It is as it was where the change comes to nothing. */
  async #withSecret(
    target: NotificationTargetConfig,
    change: (bare: NotificationTargetConfig) => Promise<void>,
  ): Promise<void> {
    const { secrets } = this.#deps;
    const bare = { ...target, channel: withoutSecret(target.channel) };
    const [field, secret] = [secretFieldOf(target.channel), secretOf(target.channel)];
    if (field === null || secret === null) return change(bare);
    const name = notificationSecretName(target.id, field);
    const before = await secrets.get(name);
    await secrets.put(name, secret);
    try {
      await change(bare);
    } catch (error) {
      if (before === null) await secrets.remove(name);
      else await secrets.put(name, before);
      throw error;
    }
  }

  async #view(target: NotificationTargetConfig): Promise<NotificationTarget> {
    const { secrets, runtime } = this.#deps;
    const field = secretFieldOf(target.channel);
    const kept = field === null ? null : await secrets.get(notificationSecretName(target.id, field));
    return {
      ...target,
      secretsKept: field === null || kept === null ? [] : [field],
      delivery: runtime.deliveryOf(target.id),
    };
  }
}

function secretOf(channel: NotificationChannel): string | null {
  if (channel.type === "mail" || channel.type === "mqtt") return channel.password;
  if (channel.type === "webhook") return channel.secret;
  return channel.type === "ntfy" ? channel.token : null;
}

function withoutSecret(channel: NotificationChannel): NotificationChannel {
  if (channel.type === "mail" || channel.type === "mqtt") return { ...channel, password: null };
  if (channel.type === "webhook") return { ...channel, secret: null };
  return channel.type === "ntfy" ? { ...channel, token: null } : channel;
}

/** Whom a secret is shown to: it goes to no other server than the one it was given for. */
function destinationOf(channel: NotificationChannel): string {
  if (channel.type === "desktop") return channel.type;
  const host = channel.type === "mail" ? channel.host : new URL(channel.url).host;
  return `${channel.type} ${host.toLowerCase()}`;
}

function withTargets(
  current: Configuration,
  make: (targets: readonly NotificationTargetConfig[]) => readonly NotificationTargetConfig[],
): Configuration {
  const { notifications } = current;
  return { ...current, notifications: { ...notifications, targets: make(notifications.targets) } };
}

function targetIn({ notifications }: Configuration, id: string): NotificationTargetConfig {
  return found(
    notifications.targets.find((target) => target.id === id),
    "notification target",
    id,
  );
}
