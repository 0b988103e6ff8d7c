import fc from "fast-check";
import { Budget, Guards } from "#contract/guards.ts";
import type { ChannelId } from "#contract/ids.ts";
import { defaultOutputSettings } from "#domain/outputs/default-output-settings.ts";
import { outputChannel } from "./output-channel.ts";

/** The doser's flow, mL/s, and what it may give in any hour and day. */
export const FLOW_ML_PER_S = 1;
export const DOSE_LIMITS = { perHour: 60, perDay: 150 };
/** What the top-off may run in any hour, s. */
export const FILL_LIMIT_S = 200;

const doser = defaultOutputSettings("doser");
const topOff = defaultOutputSettings("top-off");
export const TANK = {
  heater: outputChannel("heater"),
  chiller: outputChannel("chiller"),
  topOff: outputChannel("top-off", {
    settings: {
      guards: Guards.parse({ ...topOff.guards, budgetS: Budget.parse({ perHour: FILL_LIMIT_S }) }),
    },
  }),
  doser: outputChannel("doser", {
    settings: {
      guards: Guards.parse({ ...doser.guards, budgetMl: Budget.parse(DOSE_LIMITS) }),
      equipment: { ...doser.equipment, flowMlPerS: FLOW_ML_PER_S },
    },
  }),
} as const;
export type Target = keyof typeof TANK;
export const TARGETS = Object.keys(TANK) as readonly Target[];
export const targetOf = (id: ChannelId) => TARGETS.find((target) => TANK[target].id === id);

/** Something that happens to the tank: who asks, what breaks, what time does. */
export type CappedStep =
  | { readonly do: "advance"; readonly ms: number }
  | {
      readonly do: "wish";
      readonly target: Target;
      readonly by: "loop" | "mode";
      readonly isOn: boolean | null;
      readonly forS: number;
    }
  | { readonly do: "override"; readonly target: Target; readonly level: 0 | 100; readonly durationS: number }
  | { readonly do: "clear" | "reset" | "toggle"; readonly target: Target }
  | { readonly do: "stop" | "release" | "crash" | "restart" }
  | { readonly do: "clock"; readonly byMs: number }
  | { readonly do: "device"; readonly target: Target; readonly mood: "well" | "refusing" | "hanging" }
  | { readonly do: "store"; readonly mood: "well" | "hanging" | "failing" };

const target = fc.constantFrom(...TARGETS);
const one = <T extends string>(...values: readonly T[]) => fc.constantFrom(...values);
const weighted = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

export const cappedStep: fc.Arbitrary<CappedStep> = fc.oneof(
  weighted(14, fc.record({ do: one("advance"), ms: fc.constantFrom(1, 200, 700, 1_000, 2_500) })),
  weighted(1, fc.record({ do: one("advance"), ms: fc.constantFrom(20_000, 61_000, 130_000) })),
  weighted(
    22,
    fc.record({
      do: one("wish"),
      target,
      by: one("loop", "loop", "mode"),
      isOn: fc.constantFrom(true, true, true, false, null),
      forS: fc.integer({ min: 2, max: 40 }),
    }),
  ),
  weighted(
    6,
    fc.record({
      do: one("override"),
      target,
      level: fc.constantFrom(0 as const, 100 as const, 100 as const),
      durationS: fc.integer({ min: 1, max: 300 }),
    }),
  ),
  weighted(8, fc.record({ do: one("clear", "reset", "reset", "toggle"), target })),
  weighted(4, fc.record({ do: one("stop", "release", "release", "release") })),
  weighted(1, fc.record({ do: one("crash", "restart") })),
  weighted(1, fc.record({ do: one("clock"), byMs: fc.constantFrom(-3_600_000, 3_600_000, 250) })),
  weighted(2, fc.record({ do: one("device"), target, mood: one("well", "well", "well", "refusing", "hanging") })),
  weighted(2, fc.record({ do: one("store"), mood: one("well", "well", "hanging", "failing") })),
);
