import { lookup as lookUp } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { ReefFault } from "#contract/errors.ts";

const OWN = new BlockList();
OWN.addSubnet("127.0.0.0", 8, "ipv4");
OWN.addSubnet("0.0.0.0", 8, "ipv4");
OWN.addAddress("::1", "ipv6");
OWN.addAddress("::", "ipv6");

/** Whether an address is this very machine's loopback, however it is written. @param host a name, or an address without brackets */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost" || bare.endsWith(".localhost")) return true;
  const family = isIP(bare);
  if (family === 0) return false;
  // A v4 address inside a v6 one (::ffff:127.0.0.1) is checked as the v4 one: BlockList sees through it.
  return OWN.check(bare, family === 4 ? "ipv4" : "ipv6");
}

/** Which addresses messages may go to: an address that a keeper types must not reach what listens on this machine alone. */
export class AddressRule {
  readonly #allowsLoopback: boolean;

  constructor(allowsLoopback: boolean) {
    this.#allowsLoopback = allowsLoopback;
  }

  /** @throws ReefFault invalid */
  assertAllowed(host: string): void {
    if (!this.#allowsLoopback && isLoopback(host)) throw refusal(host);
  }

  /** Looks a name up and refuses what it may turn out to be: checked where the connection is made, not before. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    lookUp(hostname, options, (error, address, family) => {
      if (error !== null) return callback(error, address, family);
      const found = Array.isArray(address) ? address.map((one) => one.address) : [address];
      if (this.#allowsLoopback || !found.some(isLoopback)) return callback(null, address, family);
      callback(refusal(hostname), address, family);
    });
  };
}

function refusal(host: string): ReefFault {
  return new ReefFault(
    "invalid",
    `${host} is this machine itself; set REEF_ALLOW_LOOPBACK_DEVICES=true to send messages to it.`,
  );
}
