import { withStop } from "#domain/outputs/words.ts";
import type { Clock } from "../platform/ports.ts";
import type { DriveListener } from "./drive-ports.ts";
import type { DrivenOutput } from "./driven-output.ts";
import type { OutputTeller } from "./output-teller.ts";
import type { Stagger } from "./stagger.ts";

const NOT_CONFIRMED = "not-confirmed";

interface ListenerDeps {
  readonly clock: Clock;
  readonly teller: OutputTeller;
  readonly stagger: Stagger;
  afterwards(commands: () => void): void;
}

/** What a device's answers mean for its output: its switching times, its faults, and what is told. */
export function driveListenerOf(
  output: DrivenOutput,
  { clock, teller, stagger, afterwards }: ListenerDeps,
): DriveListener {
  return {
    onConfirmed: (levelPct) =>
      afterwards(() => {
        if (levelPct > 0) stagger.settled(output.channel.id);
        if (levelPct === 0 && output.times.confirmedOff()) teller.keep(output);
        teller.confirmed(output, levelPct);
        if (output.faults.clear(NOT_CONFIRMED)) teller.back(output);
      }),
    onTaken: () =>
      afterwards(() => {
        stagger.settled(output.channel.id);
        if (output.faults.clear(NOT_CONFIRMED)) teller.back(output);
      }),
    onUnconfirmed: (levelPct, cause) =>
      afterwards(() => {
        const text = withStop(`Its device does not confirm ${levelPct} %: ${cause}`);
        const isNew = output.faults.raise({ code: NOT_CONFIRMED, text, latched: false }, clock.nowMs());
        if (isNew) teller.unconfirmed(output, { levelPct, cause });
      }),
    respects: (foundPct) => output.respects(foundPct),
    leaseS: () => output.leaseS(),
    mayGoOn: () => output.verdict.owner === "emergency-stop" || stagger.mayGoOn(output.channel),
    onRefused: () => stagger.missed(output.channel.id),
    onTakenBack: (levelPct, foundPct) => afterwards(() => teller.takenBack(output, { levelPct, foundPct })),
    onAnswer: () =>
      afterwards(() => {
        if (output.drive.wantedPct === 0 && (output.drive.actualPct ?? 0) > 0) output.times.sawOn();
        output.evaluate();
        teller.heard(output);
      }),
  };
}
