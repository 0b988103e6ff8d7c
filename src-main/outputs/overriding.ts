import { ReefFault } from "#contract/errors.ts";
import type { Output, OverrideRequest } from "#contract/outputs.ts";
import type { Clock } from "../platform/ports.ts";
import type { ManagedOutput } from "./managed-output.ts";
import type { OutputTeller } from "./output-teller.ts";
import type { Actor } from "./ports.ts";
import { overrideFrom, type TimedOverride } from "./timed-override.ts";

interface Hands {
  readonly clock: Clock;
  readonly teller: OutputTeller;
  /** Decides anew and carries it out. @param isRefusal what was granted before was never carried out */
  run(output: ManagedOutput, isRefusal?: boolean): void;
}

/**
 * Takes an output by hand, until the time is up. A wait that ends by itself (the shortest time off) is no refusal: the
 * output shows it and goes on when it is over. An on that the device does not take is taken back; an off stays asked.
 * @throws ReefFault invalid, interlocked, device-unreachable
 */
export async function setOverride(
  output: ManagedOutput,
  { request, by }: { readonly request: OverrideRequest; readonly by: Actor },
  hands: Hands,
): Promise<Output> {
  refuseImpossible(output, request.level);
  const before = output.override;
  const mine = overrideFrom(request, by, hands.clock);
  output.override = mine;
  hands.run(output);
  hands.teller.keep(output);
  await output.record.settled();
  if (output.override === mine) refuseUnrecorded(output, { before, hands });
  output.drive.insist();
  await output.drive.answered();
  if (output.override === mine) refuseUnanswered(output, { before, hands });
  return output.output();
}

/** Lets go of it again. */
export async function clearOverride(output: ManagedOutput, by: Actor, hands: Hands): Promise<Output> {
  if (output.override !== null) {
    output.override = null;
    hands.run(output);
    hands.teller.released(output, by);
    await output.drive.answered();
  }
  return output.output();
}

interface Reset {
  readonly by: Actor;
  /** Why a fault with this code cannot be reset yet; null: nobody sees its cause stand. */
  standing(faultCode: string): string | null;
}

/** Clears latched faults. @throws ReefFault conflict: nothing is latched, or the cause of one is seen to stand */
export function resetLatches(output: ManagedOutput, { by, standing }: Reset, hands: Hands): void {
  const { name } = output.channel;
  for (const { code } of output.faults.latched()) {
    const cause = standing(code);
    if (cause !== null) throw new ReefFault("conflict", `${name} stays latched: ${cause}`);
  }
  if (!output.faults.clearLatched()) throw new ReefFault("conflict", `${name} has no latched fault to reset.`);
  hands.teller.reset(output, by);
  hands.run(output);
}

function refuseImpossible(output: ManagedOutput, levelPct: number): void {
  const { channel } = output;
  const isLevel = Number.isFinite(levelPct) && levelPct >= 0 && levelPct <= 100;
  if (!isLevel) throw invalidLevel("a level is 0 to 100 %");
  if (channel.kind === "switch" && levelPct !== 0 && levelPct !== 100)
    throw invalidLevel("a switch takes 0 or 100");
  if (!output.drive.isReachable) throw unreachable(output, "its device does not answer");
  const [block] = levelPct > 0 ? output.blocks() : [];
  if (block !== undefined) throw interlocked(output, block.text);
}

interface Undo {
  readonly before: TimedOverride | null;
  readonly hands: Hands;
}

function refuseUnrecorded(output: ManagedOutput, { before, hands }: Undo): void {
  const [block] = output.verdict.blockedBy;
  if (block?.code !== "record-unavailable") return;
  output.override = before;
  hands.run(output);
  hands.teller.keep(output);
  throw interlocked(output, block.text);
}

function refuseUnanswered(output: ManagedOutput, { before, hands }: Undo): void {
  const { writeError } = output.drive;
  if (writeError === null) return;
  if (output.override?.levelPct === 0)
    throw unreachable(output, `${writeError}; off stays asked for until it answers`);
  output.override = before;
  hands.run(output, true);
  hands.teller.keep(output);
  throw unreachable(output, writeError);
}

function invalidLevel(message: string): ReefFault {
  return new ReefFault("invalid", `The level does not fit this output: ${message}.`, {
    details: [{ field: "level", message }],
  });
}

function interlocked({ channel }: ManagedOutput, text: string): ReefFault {
  return new ReefFault("interlocked", `${channel.name} may not be switched on: ${text}`, {
    context: { channelId: channel.id },
  });
}

function unreachable({ channel }: ManagedOutput, cause: string): ReefFault {
  return new ReefFault("device-unreachable", `${channel.name} cannot be driven now: ${cause}.`, {
    context: { channelId: channel.id },
  });
}
