import { ReefFault } from "#contract/errors.ts";
import { InstantInput } from "#contract/time.ts";
import type { Clock } from "../platform/ports.ts";
import type { Span } from "../storage/ports.ts";

const DAY_MS = 86_400_000;

/** The ends of a span as a caller may give them. */
export const SpanFields = { from: InstantInput.optional(), to: InstantInput.optional() };

/** By default the last 24 hours. @throws ReefFault invalid, naming both ends, where nothing lies between them */
export function spanFrom(input: { from?: string | undefined; to?: string | undefined }, clock: Clock): Span {
  const toMs = input.to === undefined ? clock.nowMs() : Date.parse(input.to);
  const fromMs = input.from === undefined ? toMs - DAY_MS : Date.parse(input.from);
  refuseEmpty(fromMs, toMs);
  return { fromMs: Math.max(0, fromMs), toMs };
}

/** @throws ReefFault invalid, naming both ends, where nothing lies between them */
export function refuseEmpty(fromMs: number, toMs: number): void {
  if (fromMs >= toMs) {
    throw new ReefFault("invalid", "from must be before to; to is now where it is left out", {
      details: [
        { field: "from", message: "must be before to" },
        { field: "to", message: "must be after from" },
      ],
    });
  }
}
