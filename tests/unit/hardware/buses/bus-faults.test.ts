import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { faultFrom, givenUp } from "#main/hardware/buses/bus-faults.ts";

test.each([
  ["ENOENT", "device-unreachable", /wiring and address/],
  ["ENODEV", "device-unreachable", /wiring and address/],
  ["EIO", "bus-io", /wiring and power/],
  ["EACCES", "bus-io", /udev/],
])("the kernel's %s is %s, with a way out", (errno, code, wayOut) => {
  const fault = faultFrom(errno, "/sys/x");
  expect(fault).toMatchObject({ code, context: { errno, path: "/sys/x" } });
  expect(fault.message).toMatch(wayOut);
});

test("a call that was given up keeps its owner's reason, and is a timeout without one", () => {
  const reason = new ReefFault("stopping", "the poller stops");
  expect(givenUp("/sys/x", AbortSignal.abort(reason))).toBe(reason);
  expect(givenUp("/sys/x", AbortSignal.abort())).toMatchObject({ code: "bus-timeout" });
});
