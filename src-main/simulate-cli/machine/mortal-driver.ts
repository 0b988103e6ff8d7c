import type { DeviceDriver } from "../../hardware/ports.ts";
import type { ProcessClock } from "./process-clock.ts";

/** A driver in a process that may die: nothing a dead process began reaches the tank, and nothing comes back to it. */
export function mortal(driver: DeviceDriver, clock: ProcessClock): DeviceDriver {
  const wrapped = new Map<string | symbol, unknown>();
  return new Proxy(driver, {
    get(target, name) {
      const known = wrapped.get(name);
      if (known !== undefined) return known;
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      const call = (...args: unknown[]) =>
        clock.isAlive ? Reflect.apply(member, target, args) : new Promise<never>(() => undefined);
      wrapped.set(name, call);
      return call;
    },
  });
}
