import type { User } from "#contract/identity.ts";
import type { ChannelId, UserId } from "#contract/ids.ts";
import type { OutputOwner } from "#contract/outputs.ts";
import type { Reading } from "#contract/readings.ts";

/*
 * What the repositories keep, as storage sees it. The shapes are those of the ports of identity/, journal/ and outputs/, which storage may not import: composition/ introduces them, and the compiler compares them there.
 */

export interface UserRecord extends Omit<User, "hasPin"> {
  readonly passwordHash: string;
  readonly pinHash: string | null;
}

export interface PreferencesRecord {
  readonly userId: UserId;
  readonly document: unknown;
}

export interface OutputEventRecord {
  readonly channelId: ChannelId;
  readonly atMs: number;
  readonly kind: "commanded" | "confirmed" | "confirm-failed" | "owner" | "fault" | "reset" | "safe-state";
  readonly levelPct: number | null;
  readonly owner: OutputOwner;
  readonly reasonCode: string;
  readonly reasonText: string;
  readonly by: string | null;
}

export interface BatchRecord {
  readonly sequence: number;
  readonly readings: readonly Reading[];
  readonly outputEvents: readonly OutputEventRecord[];
}
