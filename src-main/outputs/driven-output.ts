import type { ChannelConfig, OutputSettings } from "#contract/channels.ts";
import type { Output } from "#contract/outputs.ts";
import type { Verdict } from "#domain/outputs/arbitrate.ts";
import type { FaultList } from "./fault-list.ts";
import type { OutputDrive } from "./output-drive.ts";
import type { PersistedOutput } from "./ports.ts";
import type { SwitchingTimes } from "./switching-times.ts";
import type { Facts } from "./told-facts.ts";

/** An output as those see it who hear its device and who tell of it. */
export interface DrivenOutput {
  readonly channel: ChannelConfig;
  readonly settings: OutputSettings;
  readonly drive: OutputDrive;
  readonly faults: FaultList;
  readonly times: SwitchingTimes;
  /** What was decided last. */
  readonly verdict: Verdict;
  /** Its device was found at this level, not as told. @returns true where it is left so */
  respects(foundPct: number): boolean;
  /** How long an on may stand without being told again, s; null: as long as it likes. */
  leaseS(): number | null;
  /** Decides anew and carries it out. */
  evaluate(): void;
  output(): Output;
  facts(): Facts;
  persisted(): PersistedOutput;
}
