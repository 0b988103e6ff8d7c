import fc from "fast-check";
import { outputChannel } from "#tests/builders/output-channel.ts";
import { CHILLER, HEATER } from "#tests/builders/thermostat-bench.ts";
import type { ActuatorMood } from "#tests/fakes/fake-actuator.ts";

export const TOP_OFF = outputChannel("top-off");
export const TARGETS = { heater: HEATER, chiller: CHILLER, topOff: TOP_OFF } as const;
type Target = keyof typeof TARGETS;

/** Something that happens to a tank. */
export type Step =
  | { readonly do: "advance"; readonly ms: number }
  | { readonly do: "say"; readonly valueC: number; readonly probe: "display" | "sump" }
  | { readonly do: "lose"; readonly probe: "display" | "sump" }
  | { readonly do: "override"; readonly target: Target; readonly level: 0 | 100; readonly durationS: number }
  | { readonly do: "clear" | "reset" | "toggle" | "rival"; readonly target: Target }
  | { readonly do: "fill"; readonly isOn: boolean }
  | { readonly do: "stop" | "release" | "restart" | "crash" }
  | { readonly do: "clock"; readonly byMs: number }
  | { readonly do: "mood"; readonly target: "heater" | "chiller"; readonly mood: ActuatorMood }
  | { readonly do: "store"; readonly mood: "well" | "hanging" | "failing" };

const target = fc.constantFrom<Target>("heater", "chiller", "topOff");
const probe = fc.constantFrom("display" as const, "sump" as const);
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.constantFrom(1, 300, 1_000, 3_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.constantFrom(61_000, 181_000) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant("say" as const),
      valueC: fc.double({ min: 24.8, max: 29, noNaN: true }),
      probe,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("lose" as const), probe }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("override" as const),
      target,
      level: fc.constantFrom(0 as const, 100 as const),
      durationS: fc.integer({ min: 1, max: 600 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("clear" as const, "reset" as const, "toggle" as const, "rival" as const),
      target,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fill" as const), isOn: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "stop" as const,
        "release" as const,
        "release" as const,
        "restart" as const,
        "crash" as const,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("clock" as const), byMs: fc.constantFrom(-3_600_000, 3_600_000, 250) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("mood" as const),
      target: fc.constantFrom("heater" as const, "chiller" as const),
      mood: fc.constantFrom<ActuatorMood>("well", "well", "hanging", "refusing", "lying"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("store" as const),
      mood: fc.constantFrom("well" as const, "well" as const, "hanging" as const, "failing" as const),
    }),
  },
);
