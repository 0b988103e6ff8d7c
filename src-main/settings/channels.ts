import type { Channel, ChannelConfig, ChannelFilter, ChannelPatch, OutputSettings } from "#contract/channels.ts";
import { type FaultDetail, ReefFault } from "#contract/errors.ts";
import { given } from "#contract/given.ts";
import { OutputRole, SensorRole } from "#contract/quantities.ts";
import { calibrationRefusal } from "#domain/calibration/refusal.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import type { Logger } from "../platform/ports.ts";
import { loopsUsing, modesUsing } from "./channel-users.ts";
import { type ConfigurationKeeper, found } from "./configuration-keeper.ts";
import { refuseMisnamed } from "./output-fits.ts";
import type { ChannelsService, Configuration, DriverCatalog } from "./ports.ts";
import { refuseSpill } from "./top-off-fits.ts";

interface ChannelSettingsDeps {
  readonly keeper: ConfigurationKeeper;
  readonly catalog: DriverCatalog;
  readonly log: Logger;
}

/** What a keeper may set of a channel. */
export class ChannelSettings implements ChannelsService {
  readonly #deps: ChannelSettingsDeps;

  constructor(deps: ChannelSettingsDeps) {
    this.#deps = deps;
  }

  list(filter: ChannelFilter): readonly Channel[] {
    const configuration = this.#deps.keeper.current();
    return configuration.channels
      .filter(
        (c) =>
          (filter.kind === undefined || c.kind === filter.kind) &&
          (filter.quantity === undefined || c.quantity === filter.quantity) &&
          (filter.role === undefined || c.role === filter.role) &&
          (filter.deviceId === undefined || c.deviceId === filter.deviceId),
      )
      .map((c) => channelView(c, configuration, this.#deps.catalog));
  }

  get(id: string): Channel {
    const configuration = this.#deps.keeper.current();
    const channel = found(
      configuration.channels.find((c) => c.id === id),
      "channel",
      id,
    );
    return channelView(channel, configuration, this.#deps.catalog);
  }

  async update(id: string, patch: ChannelPatch): Promise<Channel> {
    await this.#deps.keeper.change((current) => {
      const before = found(
        current.channels.find((c) => c.id === id),
        "channel",
        id,
      );
      const after = patched(before, patch);
      if (after.role !== before.role) refuseIfNeeded(before, after.role, current);
      const next = { ...current, channels: current.channels.map((c) => (c === before ? after : c)) };
      if (patch.permissives !== undefined || patch.equipment !== undefined) refuseMisnamed(after, next);
      refuseSpill(next, current);
      return next;
    });
    if (patch.calibration !== undefined) {
      this.#deps.log.info({ channelId: id, calibration: patch.calibration }, "a channel was calibrated");
    }
    return this.get(id);
  }
}

/** A channel as the API shows it. */
export function channelView(channel: ChannelConfig, { devices }: Configuration, catalog: DriverCatalog): Channel {
  const { output, ...rest } = channel;
  const type = devices.find((d) => d.id === channel.deviceId)?.type;
  return {
    ...rest,
    simulated: type !== undefined && catalog.isSimulated(type),
    safeState: output?.safeState ?? null,
    powerUpState: output?.powerUpState ?? null,
    emergencyState: output?.emergencyState ?? null,
    guards: output?.guards ?? null,
    permissives: output?.permissives ?? null,
    equipment: output?.equipment ?? null,
    switchedByHand: output?.switchedByHand ?? null,
  };
}

/** The settings a patch leaves. A new role brings its own defaults, and the patch goes over them. @throws ReefFault invalid */
function patched(before: ChannelConfig, patch: ChannelPatch): ChannelConfig {
  const details = [
    ...misplacedIn(before, patch),
    ...unfitLevelsIn(before, patch),
    ...refusedCalibrationIn(before, patch),
  ];
  if (details.length > 0) throw new ReefFault("invalid", "These settings do not fit this channel.", { details });
  const { name, role, limits, calibration, pollIntervalS } = patch;
  return {
    ...before,
    name: name ?? before.name,
    role: role ?? before.role,
    limits: limits === undefined ? before.limits : limits,
    calibration: calibration === undefined ? before.calibration : calibration,
    pollIntervalS: pollIntervalS ?? before.pollIntervalS,
    output: before.output === null ? null : patchedOutput(before, before.output, patch),
  };
}

/** A role of the other kind, and settings only the other kind has. */
function misplacedIn({ kind }: ChannelConfig, patch: ChannelPatch): FaultDetail[] {
  const { name: _, role, limits: __, calibration, pollIntervalS, ...output } = patch;
  const isSensor = kind === "sensor";
  const roles: readonly string[] = isSensor ? SensorRole.options : OutputRole.options;
  const isRoleWrong = role !== undefined && !roles.includes(role);
  const misplaced = Object.entries(isSensor ? output : { calibration, pollIntervalS });
  return [
    ...(isRoleWrong ? [{ field: "role", message: `a ${kind} takes one of ${roles.join(", ")}` }] : []),
    ...misplaced.flatMap(([field, value]) =>
      value === undefined ? [] : [{ field, message: `a ${kind} has none` }],
    ),
  ];
}

function unfitLevelsIn({ kind }: ChannelConfig, patch: ChannelPatch): FaultDetail[] {
  if (kind !== "switch") return [];
  return (["safeState", "powerUpState", "emergencyState"] as const)
    .filter((field) => typeof patch[field] === "number" && patch[field] !== 0 && patch[field] !== 100)
    .map((field) => ({ field, message: "a switch takes 0 or 100" }));
}

function refusedCalibrationIn({ quantity }: ChannelConfig, { calibration }: ChannelPatch): FaultDetail[] {
  const refusal = calibration == null ? null : calibrationRefusal(quantity, calibration);
  return refusal === null ? [] : [{ field: "calibration", message: refusal }];
}

function patchedOutput(before: ChannelConfig, settings: OutputSettings, patch: ChannelPatch): OutputSettings {
  const role = OutputRole.safeParse(patch.role);
  const base = role.success && role.data !== before.role ? defaultOutputSettings(role.data) : settings;
  return {
    safeState: patch.safeState ?? base.safeState,
    powerUpState: patch.powerUpState ?? base.powerUpState,
    emergencyState: patch.emergencyState ?? base.emergencyState,
    guards: { ...base.guards, ...given(patch.guards ?? {}) },
    permissives: patch.permissives ?? base.permissives,
    equipment: { ...base.equipment, ...given(patch.equipment ?? {}) },
    switchedByHand: patch.switchedByHand ?? base.switchedByHand,
  };
}

/** A loop needs the role it was made for; a mode needs one at all. */
function refuseIfNeeded(channel: ChannelConfig, role: ChannelConfig["role"], configuration: Configuration): void {
  if (channel.kind === "sensor") return;
  const modes = role === "generic" ? modesUsing([channel.id], configuration) : [];
  const users = [...loopsUsing([channel.id], configuration), ...modes];
  if (users.length === 0) return;
  throw new ReefFault(
    "conflict",
    `The role cannot change while these use it: ${users.map(({ name }) => name).join(", ")}.`,
    {
      details: users.map(({ kind, id }) => ({ field: "role", message: `used by ${kind} ${id}` })),
    },
  );
}
