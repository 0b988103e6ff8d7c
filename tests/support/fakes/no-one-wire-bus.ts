import { ReefFault } from "#contract/errors.ts";
import type { OneWireBus } from "#main/hardware/ports.ts";

const absent = () => Promise.reject(new ReefFault("bus-io", "this machine has no 1-wire bus"));

/** The 1-wire bus of a machine that has none. */
export const NO_ONE_WIRE_BUS: OneWireBus = { listSlaves: absent, readSlave: absent, writeSlave: absent };
