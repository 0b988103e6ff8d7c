import type { ChannelConfig } from "#contract/channels.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { LevelStep } from "#contract/what-if.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import type { Actuator, OutputsService } from "../outputs/ports.ts";
import type { Clock } from "../platform/ports.ts";

type Outputs = Pick<OutputsService, "register" | "request" | "setReachable">;
const CLAIMANT = "schedule:what was recorded";

/** A relay that does as it is told. */
export function obedientRelay(): Actuator {
  let levelPct = 0;
  return {
    write: async (wantedPct) => {
      levelPct = wantedPct;
    },
    readBack: async () => levelPct,
  };
}

/**
 * Takes under the arbiter an output that a loop looks at and does not drive, and has it do at its time what it did:
 * whatever guards it has are in what was recorded already.
 */
export async function registerPast(
  channel: ChannelConfig,
  did: ReadonlyMap<ChannelId, readonly LevelStep[]>,
  { outputs, clock }: { readonly outputs: Outputs; readonly clock: Clock },
): Promise<void> {
  const output = { ...defaultOutputSettings("circulation"), powerUpState: "unchanged" as const };
  await outputs.register({ ...channel, role: "circulation", output }, obedientRelay());
  const offsetMs = clock.monotonicMs() - clock.nowMs();
  for (const { at, level } of did.get(channel.id) ?? []) {
    clock.at(Math.max(clock.monotonicMs(), Date.parse(at) + offsetMs), () => {
      outputs.setReachable(channel.id, level !== null);
      outputs.request(channel.id, CLAIMANT, { levelPct: level ?? 0, code: "past", text: "As it was recorded." });
    });
  }
}
