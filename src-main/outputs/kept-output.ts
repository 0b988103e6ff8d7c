import type { ChannelConfig } from "#contract/channels.ts";
import type { Away, TrustedClock } from "./away.ts";
import type { FaultList } from "./fault-list.ts";
import { roleOf } from "./output-channel.ts";
import type { OutputUsage } from "./output-usage.ts";
import type { PersistedOutput } from "./ports.ts";
import type { RunRecord } from "./run-record.ts";
import { isDoseDoubtful, latchOf } from "./spent-run.ts";
import type { SwitchingTimes } from "./switching-times.ts";
import { endsAtMs, type TimedOverride } from "./timed-override.ts";

/** Everything of an output that outlives a restart. */
interface Memory {
  readonly channel: ChannelConfig;
  readonly faults: FaultList;
  readonly times: SwitchingTimes;
  readonly usage: OutputUsage;
  readonly record: RunRecord;
  readonly override: TimedOverride | null;
}

/**
 * An output as it is kept. A run that is open is a latch already, so that it holds whatever else a store keeps of it;
 * a dose is judged when it is found again.
 */
export function keptFrom(
  { channel, faults, times, usage, record, override }: Memory,
  clock: TrustedClock,
): PersistedOutput {
  const openRun = record.run;
  const spent = openRun === null || roleOf(channel) === "doser" ? [] : [latchOf(openRun)];
  return {
    channelId: channel.id,
    faults: [...faults.latched(), ...spent],
    lastOnAtMs: times.lastOnAtMs,
    lastOffAtMs: times.lastOffAtMs,
    override: override && {
      levelPct: override.levelPct,
      by: override.by,
      untilMs: Math.round(endsAtMs(override, clock)),
    },
    openRun,
    savedAtMs: clock.isSynchronized() ? clock.nowMs() : null,
    ...usage.kept(),
  };
}

/** Takes up the latches, times and budgets that were kept. */
export function takeUp(
  kept: PersistedOutput,
  { channel, faults, times, usage }: Omit<Memory, "record" | "override">,
  away: Away,
): void {
  times.restore(kept, away.downtimeMs);
  usage.restore(kept, away);
  faults.restore(kept.faults);
  const { openRun } = kept;
  if (openRun && roleOf(channel) === "doser" && isDoseDoubtful(openRun, away.nowMs))
    faults.restore([latchOf(openRun)]);
}
