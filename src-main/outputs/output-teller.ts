import type { ChannelId } from "#contract/ids.ts";
import type { Output, OutputFault } from "#contract/outputs.ts";
import type { Verdict } from "#domain/outputs/arbitrate.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import type { Aftermath } from "./aftermath.ts";
import type { DrivenOutput } from "./driven-output.ts";
import type { Actor, OutputEvent, OutputEventSink } from "./ports.ts";
import type { StateKeeper } from "./state-keeper.ts";
import { areSameFacts, type Facts } from "./told-facts.ts";

/** Where only its words changed, an output is told again at most this often, ms. */
const WORDS_AGAIN_MS = 10_000;
/** Waits that end by themselves are no news for the log. */
const PASSING = new Set(["min-on", "min-off", "record-pending", "staggered", "awaits-return"]);

interface TellerDeps {
  readonly aftermath: Aftermath;
  readonly keeper: StateKeeper;
  readonly events: OutputEventSink;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Told {
  readonly facts: Facts;
  readonly atMonotonicMs: number;
}

/** Tells of outputs, always after the commands are out: the record, the log, who listens, and what must outlive a crash. */
export class OutputTeller {
  readonly #deps: TellerDeps;
  readonly #listeners = new Set<(output: Output) => void>();
  readonly #told = new Map<ChannelId, Told>();
  /** Changed in this pass, and told once at its end. */
  readonly #toTell = new Set<DrivenOutput>();
  /** What outputs that are left as they are were last found at, %. */
  readonly #found = new Map<ChannelId, number>();

  constructor(deps: TellerDeps) {
    this.#deps = deps;
  }

  onChange(listener: (output: Output) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  forget(channelId: ChannelId): void {
    this.#told.delete(channelId);
    this.#found.delete(channelId);
  }

  /** Runs `tell` when the commands of this moment are out. */
  later(tell: () => void): void {
    this.#deps.aftermath.note(tell);
  }

  keep(output: DrivenOutput): void {
    this.later(() => this.#deps.keeper.saveOutput(output.persisted()));
  }

  decided(output: DrivenOutput, before: Verdict): void {
    const { levelPct, owner, why } = output.verdict;
    const fields = {
      channelId: output.channel.id,
      name: output.channel.name,
      levelPct,
      owner,
      code: why.code,
    };
    if (levelPct !== null && levelPct !== before.levelPct) {
      this.#record(output, "commanded");
      const isSwitch = levelPct === 0 || (before.levelPct ?? 0) === 0;
      this.later(() => this.#deps.log[isSwitch ? "info" : "debug"](fields, "output driven"));
    } else if (owner !== before.owner) this.#record(output, "owner");
    if (owner === "interlock" && levelPct === 0 && why.code !== before.why.code && !PASSING.has(why.code)) {
      this.later(() => this.#deps.log.warn({ ...fields, reason: why.text }, "output held off by an interlock"));
    }
    this.changed(output);
  }

  faulted(output: DrivenOutput, { code, text, latched }: Omit<OutputFault, "since">): void {
    this.keep(output);
    this.#record(output, "fault", { reasonCode: code, reasonText: text });
    const fields = { channelId: output.channel.id, name: output.channel.name, code };
    if (latched) this.later(() => this.#deps.log.error(fields, "output latched off until an operator resets it"));
    else this.later(() => this.#deps.log.warn({ ...fields, reason: text }, "an output has a fault"));
    this.changed(output);
  }

  confirmed(output: DrivenOutput, levelPct: number): void {
    this.#record(output, "confirmed", { levelPct });
  }

  /** What its device says. Where nobody commands it, that alone tells what it did: each new level is recorded. */
  heard(output: DrivenOutput): void {
    const { channel, drive, verdict } = output;
    const levelPct = verdict.levelPct === null ? drive.actualPct : null;
    if (levelPct === null) this.#found.delete(channel.id);
    if (levelPct === null || levelPct === this.#found.get(channel.id)) return;
    this.#found.set(channel.id, levelPct);
    this.#record(output, "confirmed", { levelPct });
  }

  /** Its device takes commands again. */
  back(output: DrivenOutput): void {
    const fields = { channelId: output.channel.id, name: output.channel.name };
    this.later(() => this.#deps.log.info(fields, "output confirmed again"));
  }

  unconfirmed(output: DrivenOutput, { levelPct, cause }: { levelPct: number; cause: string }): void {
    const reasonText = `It was told ${levelPct} % and did not confirm it: ${cause}.`;
    this.#record(output, "confirm-failed", { levelPct, reasonCode: "not-confirmed", reasonText });
    const fields = { channelId: output.channel.id, name: output.channel.name, levelPct, cause };
    this.later(() => this.#deps.log.warn(fields, "output not confirmed; it is told again until it is"));
    this.changed(output);
  }

  takenBack(output: DrivenOutput, { levelPct, foundPct }: { levelPct: number; foundPct: number }): void {
    const reasonText = `Its device was found at ${foundPct} %, switched by hand or by another program, and taken back.`;
    this.#record(output, "confirm-failed", { levelPct: foundPct, reasonCode: "taken-back", reasonText });
    const fields = { channelId: output.channel.id, name: output.channel.name, levelPct, foundPct };
    this.later(() => this.#deps.log.warn(fields, "output was switched by others and is taken back"));
    this.changed(output);
  }

  /** An override was taken back before its end. */
  released(output: DrivenOutput, by: Actor): void {
    this.keep(output);
    this.#record(output, "owner", { by });
  }

  reset(output: DrivenOutput, by: Actor): void {
    this.keep(output);
    this.#record(output, "reset", { by });
    const fields = { channelId: output.channel.id, name: output.channel.name, by };
    this.later(() => this.#deps.log.info(fields, "latched fault reset"));
  }

  /** At the program's end, or when it is let go. */
  left(output: DrivenOutput): void {
    const { drive, channel, settings, verdict } = output;
    this.keep(output);
    this.#record(output, "safe-state");
    const levelPct = verdict.levelPct ?? settings.safeState;
    const fields = { channelId: channel.id, name: channel.name, levelPct, confirmation: drive.confirmation };
    const isThere = verdict.levelPct === null || drive.confirmation === "confirmed" || drive.wasTaken;
    if (isThere) this.later(() => this.#deps.log.info(fields, "output is in its safe state"));
    else {
      const cause = drive.lastError ?? "the device did not answer in time";
      this.later(() =>
        this.#deps.log.error({ ...fields, cause }, "output was told its safe state and did not confirm it"),
      );
    }
  }

  /** Tells who listens, if anything but the words changed, or the words did a while ago. */
  changed(output: DrivenOutput): void {
    if (this.#toTell.has(output) || !this.#isNews(output)) return;
    this.#toTell.add(output);
    this.later(() => {
      this.#toTell.delete(output);
      if (!this.#isNews(output)) return;
      const shown = output.output();
      const atMonotonicMs = this.#deps.clock.monotonicMs();
      this.#told.set(shown.channelId, { facts: output.facts(), atMonotonicMs });
      for (const listener of this.#listeners) this.later(() => listener(shown));
    });
  }

  #isNews(output: DrivenOutput): boolean {
    const told = this.#told.get(output.channel.id);
    if (told === undefined || !areSameFacts(told.facts, output.facts())) return true;
    const [before, now] = [told.facts.verdict.why, output.verdict.why];
    const areWordsNew = before.text !== now.text || before.untilMs !== now.untilMs;
    return areWordsNew && this.#deps.clock.monotonicMs() - told.atMonotonicMs >= WORDS_AGAIN_MS;
  }

  #record(output: DrivenOutput, kind: OutputEvent["kind"], more: Partial<OutputEvent> = {}): void {
    const { verdict, channel } = output;
    const event: OutputEvent = {
      channelId: channel.id,
      atMs: this.#deps.clock.nowMs(),
      kind,
      levelPct: verdict.levelPct,
      owner: verdict.owner,
      reasonCode: verdict.why.code,
      reasonText: verdict.why.text,
      by: verdict.by,
      ...more,
    };
    this.later(() => this.#deps.events.append(event));
  }
}
