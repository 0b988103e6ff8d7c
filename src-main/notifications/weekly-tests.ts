import type { NotificationTargetConfig } from "#contract/notifications.ts";
import type { Cancel, Clock } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import type { Notice } from "./delivery.ts";
import { nextWeekly } from "./zone-times.ts";

/** The wall may be set meanwhile. */
const LOOK_AGAIN_MS = 3_600_000;

interface WeeklyTestsDeps {
  readonly clock: Clock;
  readonly targets: () => readonly NotificationTargetConfig[];
  /** The tank's, IANA. */
  readonly zone: () => string;
  readonly tell: (notice: Notice, target: NotificationTargetConfig) => void;
}

/** A message a week, so that a silent week means something. One that falls into a time without power is not made up for. */
export class WeeklyTests {
  readonly #deps: WeeklyTestsDeps;
  #cancel: Cancel = () => undefined;
  #lookedAtMs = 0;

  constructor(deps: WeeklyTestsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#lookedAtMs = this.#deps.clock.nowMs();
    this.look();
  }

  stop(): void {
    this.#cancel();
  }

  /** Tells what is due; called again where targets or the zone are others now. */
  look(): void {
    const { clock, targets, zone, tell } = this.#deps;
    this.#cancel();
    const [fromMs, nowMs] = [this.#lookedAtMs, clock.nowMs()];
    this.#lookedAtMs = nowMs;
    let waitMs = LOOK_AGAIN_MS;
    for (const target of targets()) {
      if (!target.isEnabled || target.weeklyTest === null) continue;
      const dueAtMs = nextWeekly(zone(), fromMs, target.weeklyTest);
      if (dueAtMs <= nowMs) tell(weeklyTest(dueAtMs), target);
      else waitMs = Math.min(waitMs, dueAtMs - nowMs);
    }
    this.#cancel = after(clock, waitMs, () => this.look());
  }
}

/** Named for its week: told once, whatever happens in between. */
function weeklyTest(dueAtMs: number): Notice {
  return {
    id: `weekly test ${dueAtMs}`,
    atMs: dueAtMs,
    kind: "test",
    priority: "low",
    title: "Weekly test: messages reach you",
    text: "The controller is well enough to tell you so. If this message stays away one week, look at it.",
  };
}
