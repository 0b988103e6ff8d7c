import type { ChannelConfig } from "#contract/channels.ts";
import type { Output } from "#contract/outputs.ts";
import { instantFrom } from "#contract/time.ts";
import type { Verdict, Why } from "#domain/outputs/arbitrate.ts";
import type { Judgement } from "./interlock-set.ts";
import { roleOf, settingsOf } from "./output-channel.ts";
import type { OutputDrive } from "./output-drive.ts";

interface Shown {
  readonly channel: ChannelConfig;
  readonly drive: OutputDrive;
  readonly verdict: Verdict;
  readonly faults: Output["faults"];
  readonly since: string;
  readonly cycles: Output["cycles"];
  readonly budgets: Output["budgets"];
  readonly judgement: Pick<Judgement, "conditions" | "absent">;
}

/** An output as the API shows it. */
export function outputFrom({ channel, drive, verdict, faults, since, ...shown }: Shown): Output {
  const { guards, safeState } = settingsOf(channel);
  return {
    channelId: channel.id,
    name: channel.name,
    role: roleOf(channel),
    requested: drive.wantedPct ?? drive.actualPct ?? 0,
    actual: drive.actualPct,
    confirmation: drive.confirmation,
    owner: verdict.owner,
    reason: reasonFrom(verdict.why),
    blockedBy: verdict.blockedBy.map(reasonFrom),
    since,
    faults,
    guards,
    safeState,
    cycles: shown.cycles,
    budgets: shown.budgets,
    conditions: [...shown.judgement.conditions],
    absent: [...shown.judgement.absent],
  };
}

function reasonFrom(why: Why): Output["reason"] {
  return { code: why.code, text: why.text, until: why.untilMs === null ? null : instantFrom(why.untilMs) };
}
