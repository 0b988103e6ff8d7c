import type { Clock, Logger } from "../../platform/ports.ts";
import type { AddressRule } from "./addresses.ts";

/** What a sender needs besides its channel. */
export interface SenderContext {
  readonly clock: Clock;
  readonly log: Logger;
  readonly addresses: AddressRule;
  /** Authorities besides those that this machine trusts, PEM. */
  readonly ca?: string | undefined;
  /** A secret of the target, by its field's name: read at each use, so that a new one holds at once. null: none is kept. */
  secret(field: string): Promise<string | null>;
}
