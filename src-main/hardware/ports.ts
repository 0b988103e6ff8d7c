import type { z } from "zod";
import type { DeviceType } from "#contract/devices.ts";
import type { ChannelKind, Quantity, Role } from "#contract/quantities.ts";
import type { Clock, Logger } from "../platform/ports.ts";

/** What a device offers, as its driver finds it at first contact. */
export interface ChannelSpec {
  /** Stable within the device, kebab-case. */
  readonly key: string;
  /** What a keeper would call it, until he renames it. */
  readonly name: string;
  readonly kind: ChannelKind;
  readonly quantity: Quantity;
  readonly unit: string;
  readonly role: Role;
  /** The interval a new channel is polled at, s. */
  readonly pollIntervalS: number;
  /** An output that can drop an ON by itself: its driver has `writeLeased`. Left out: it cannot. */
  readonly hasLease?: boolean;
}

/** What one channel said: a number in the quantity's unit, or why there is none. Never a guess, never a held value. */
export type Sample = { readonly value: number } | { readonly fault: "comm" | "fault"; readonly message: string };

/**
 * One device. Its methods never retry, never log and never return a guess; every one may hang, and is then abandoned
 * by its caller's time limit. Calls may overlap: a driver whose bus cannot do that queues them itself.
 */
export interface DeviceDriver {
  /** The longest a healthy device takes for one sample, ms; the sample's time limit. */
  readonly timeoutMs: number;
  /** First contact. @returns its channels @throws ReefFault device-unreachable, bus-timeout, bus-io, unsupported */
  open(signal: AbortSignal): Promise<readonly ChannelSpec[]>;
  /**
   * Reads the named sensor channels, in one turn on the bus where that can be done. A key without an entry in the
   * answer did not answer. @throws ReefFault when the device as a whole did not answer
   */
  sample(keys: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Sample>>;
  /** Drives an output to `levelPct`, 0 to 100 (a switch: 0 or 100). Resolves when the device took the command. @throws ReefFault */
  write?(key: string, levelPct: number, signal: AbortSignal): Promise<void>;
  /**
   * As `write`, but the device itself drops the level to 0 after `leaseS` unless it is told again: for channels whose
   * spec has `hasLease`. @throws ReefFault
   */
  writeLeased?(key: string, levelPct: number, lease: Lease): Promise<void>;
  /** What the device itself says its output is, %; null where it cannot say. @throws ReefFault */
  readBack?(key: string, signal: AbortSignal): Promise<number | null>;
  /** Lets go of the bus. Leaves outputs as they are. */
  close(): Promise<void>;
  /** New parameters while it runs (a simulated tank's faults). @returns false where it must be opened anew */
  reconfigure?(params: unknown): boolean;
}

/** How long a level stands without being told again, s. */
export interface Lease {
  readonly leaseS: number;
  readonly signal: AbortSignal;
}

/** What a driver gets from its host. */
export interface DriverContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly buses: Buses;
}

/** The Linux 1-wire tree, behind a child process that may be killed when the kernel hangs. */
export interface OneWireBus {
  /** ROM ids below the root, e.g. `28-00000a1b2c3d`. @throws ReefFault bus-timeout, bus-io */
  listSlaves(root: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Text of `<root>/<romId>/<file>`. @throws ReefFault bus-timeout, bus-io, device-unreachable (no such slave) */
  readSlave(address: OneWireAddress, signal: AbortSignal): Promise<string>;
  /** Writes `<root>/<romId>/<file>` (the resolution). @throws ReefFault bus-timeout, bus-io */
  writeSlave(address: OneWireAddress & { readonly text: string }, signal: AbortSignal): Promise<void>;
}
export interface OneWireAddress {
  readonly root: string;
  readonly romId: string;
  readonly file: string;
}

/** Small text files of the kernel (sysfs, procfs), read by the same child process. */
export interface FileBus {
  /** @throws ReefFault bus-timeout, bus-io, device-unreachable (no such file) */
  readText(path: string, signal: AbortSignal): Promise<string>;
  /** @throws ReefFault bus-timeout, bus-io, device-unreachable (no such file) */
  writeText(path: string, text: string, signal: AbortSignal): Promise<void>;
}

export interface Buses {
  readonly oneWire: OneWireBus;
  readonly files: FileBus;
}

/** A driver type: everything known of it without a device. One per folder under drivers/, listed in registry.ts. */
export interface DriverDefinition<P extends z.ZodType = z.ZodType> {
  readonly type: string;
  readonly title: string;
  readonly category: DeviceType["category"];
  readonly params: P;
  /** What a device of this type offers as far as it is known beforehand. */
  readonly channels: readonly ChannelSpec[];
  readonly simulated: boolean;
  /** null: this machine can run it; else one sentence why not. */
  readonly unsupportedReason: () => string | null;
  /** What must be unique among devices of this type (a ROM id, an address); null where nothing must. */
  readonly addressOf: (params: z.output<P>) => string | null;
  create(params: z.output<P>, context: DriverContext): DeviceDriver;
}
