import type { ChannelConfig, OutputSettings } from "#contract/channels.ts";
import type { ChannelKind, OutputRole } from "#contract/quantities.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { channelConfig } from "./channel-config.ts";

interface Changes {
  readonly kind?: ChannelKind;
  readonly name?: string;
  readonly limits?: ChannelConfig["limits"];
  readonly settings?: Partial<OutputSettings>;
}

/** An output's channel with its role's defaults, but for what is said otherwise. */
export function outputChannel(role: OutputRole, { settings, ...changes }: Changes = {}): ChannelConfig {
  return channelConfig({
    key: role,
    name: role,
    kind: "switch",
    quantity: "generic",
    role,
    output: { ...defaultOutputSettings(role), ...settings },
    ...changes,
  });
}
