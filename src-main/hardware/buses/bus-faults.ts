import { ReefFault } from "#contract/errors.ts";

/** What the kernel says where the device, or its file, is not there. */
const ABSENT: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "ELOOP"]);
const FORBIDDEN: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

/** @param errno the symbolic name, e.g. `EIO` */
export function faultFrom(errno: string, path: string): ReefFault {
  const context = { errno, path };
  if (ABSENT.has(errno)) {
    return new ReefFault("device-unreachable", `${path} is not there; check the device's wiring and address`, {
      context,
    });
  }
  if (FORBIDDEN.has(errno)) {
    return new ReefFault(
      "bus-io",
      `${path} may not be used by this user (${errno}); grant access with a udev rule`,
      { context },
    );
  }
  return new ReefFault("bus-io", `${path} answered with ${errno}; check the device's wiring and power`, {
    context,
  });
}

/** The fault of a call whose signal ended it: the signal's own where it names one. */
export function givenUp(path: string, signal: AbortSignal): ReefFault {
  const reason: unknown = signal.reason;
  if (reason instanceof ReefFault) return reason;
  return new ReefFault("bus-timeout", `${path} did not answer in time; check the device's wiring`, {
    context: { path },
  });
}
