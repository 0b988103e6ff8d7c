import type { DeviceDriver } from "../../hardware/ports.ts";
import type { ProcessClock } from "./process-clock.ts";

/** A driver in a process that may die: nothing a dead process began reaches the tank, and nothing comes back to it. */
export function mortal(driver: DeviceDriver, clock: ProcessClock): DeviceDriver {
  return new Proxy(driver, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) =>
        clock.isAlive ? Reflect.apply(member, target, args) : new Promise<never>(() => undefined);
    },
  });
}
