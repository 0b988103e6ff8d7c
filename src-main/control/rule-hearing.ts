import { ReefFault } from "#contract/errors.ts";
import type { ChannelId } from "#contract/ids.ts";
import type { RuleCondition } from "#contract/loops/rule.ts";
import type { Output } from "#contract/outputs.ts";
import { shownUnit } from "#contract/shown-unit.ts";
import { type ControlInput, controlInputFrom } from "#domain/control/control-input.ts";
import type { RuleInput } from "#domain/control/rule.ts";
import type { LoopDeps } from "./control-loop.ts";
import { ZonedTime } from "./zoned-time.ts";

/** What a rule hears of the tank: sensors, outputs as their devices say them, modes, and the tank's own time of day. */
export class RuleHearing {
  readonly #deps: LoopDeps;
  readonly #time: ZonedTime;

  constructor(deps: LoopDeps) {
    this.#deps = deps;
    this.#time = new ZonedTime(deps.timeZone);
  }

  of(condition: RuleCondition): RuleInput {
    switch (condition.kind) {
      case "mode":
        return {
          input: known(this.#deps.modes.activeModeKinds().includes(condition.mode)),
          name: "The mode",
          unit: "",
        };
      case "time":
        return { input: this.#minuteOfDay(), name: "The time of day", unit: "" };
      default:
        return this.#channel(condition);
    }
  }

  /** A clock that was not set yet tells no time of day. */
  #minuteOfDay(): ControlInput {
    const { isClockSynchronized, clock } = this.#deps;
    if (!isClockSynchronized()) return unknown("is not known: the clock was not set yet");
    return known(this.#time.at(clock.nowMs()).minuteOfDay);
  }

  #channel({ kind, channelId }: Extract<RuleCondition, { channelId: ChannelId }>): RuleInput {
    const { channelOf, readings, clock } = this.#deps;
    const channel = channelOf(channelId);
    if (channel === null) return { input: unknown("is not there any more"), name: "Its channel", unit: "" };
    const { name, quantity } = channel;
    const unit = shownUnit(quantity, channel.unit);
    if (kind === "above" || kind === "below") {
      return { input: controlInputFrom(readings.latest(channelId), quantity, clock.monotonicMs()), name, unit };
    }
    const actual = this.#outputOf(channelId)?.actual ?? null;
    return { input: actual === null ? unknown("does not say whether it is on") : known(actual), name, unit: "" };
  }

  #outputOf(channelId: ChannelId): Output | null {
    try {
      return this.#deps.outputs.get(channelId);
    } catch (error) {
      if (error instanceof ReefFault) return null;
      throw error;
    }
  }
}

function known(value: number | boolean): ControlInput {
  return { isUsable: true, value: Number(value) };
}

function unknown(problem: string): ControlInput {
  return { isUsable: false, problem };
}
