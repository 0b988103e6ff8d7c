import { z } from "zod";
import { messageOf } from "#contract/errors.ts";
import type { ChannelId, LoopId } from "#contract/ids.ts";
import type { RuleAction } from "#contract/loops/rule.ts";
import type { LoopState, LoopWarning, RuleConfig } from "#contract/loops.ts";
import { outputsOf } from "#domain/control/loop-channels.ts";
import {
  decideRule,
  type KeptRule,
  keptRule,
  RULE_AT_REST,
  type RuleDecision,
  type RuleMemory,
  reconfigured,
  restoredRule,
} from "#domain/control/rule.ts";
import { levelInWords } from "#domain/outputs/words.ts";
import type { ControlLoop, LoopDeps } from "./control-loop.ts";
import { KeptDocument } from "./kept-document.ts";
import { awaitsFirstReading, LoopStory } from "./loop-story.ts";
import { OutputClaim } from "./output-claim.ts";
import { RuleHearing } from "./rule-hearing.ts";
import { reasonOf, stateOf, textOf } from "./rule-story.ts";

/** A rule that was true before the restart starts no mode anew; where nobody can tell whether it was, it waits so long, ms. */
const MEMORY_LIMIT_MS = 10_000;

const Kept = z.object({
  isActive: z.boolean(),
  conditions: z.array(z.object({ isMet: z.boolean(), isTrue: z.boolean() })),
  hasStarted: z.boolean(),
});
type Kept = KeptRule & { readonly hasStarted: boolean };

/** One rule: hears its conditions, and while they hold asks for its outputs, warns, and has started its modes once. */
export class RuleLoop implements ControlLoop<RuleConfig> {
  readonly type = "rule";
  readonly #deps: LoopDeps;
  readonly #claim: OutputClaim;
  readonly #story: LoopStory;
  readonly #hearing: RuleHearing;
  readonly #kept: KeptDocument<Kept>;
  readonly #openedAtMs: number;
  #config: RuleConfig;
  #memory: RuleMemory = RULE_AT_REST;
  #decision: RuleDecision | null = null;
  /** Its modes were started since it became true. */
  #hasStarted = false;
  #toldTrue: boolean | null = null;
  #lastKept: Kept | null = null;
  #held: ReadonlySet<ChannelId> = new Set();

  constructor(config: RuleConfig, deps: LoopDeps) {
    this.#config = config;
    this.#deps = deps;
    this.#claim = new OutputClaim(config.id, deps);
    this.#story = new LoopStory({ ...deps, isAwaiting: () => awaitsFirstReading(deps, this.inputChannelIds) });
    this.#hearing = new RuleHearing(deps);
    this.#openedAtMs = deps.clock.monotonicMs();
    this.#kept = new KeptDocument<Kept>({
      ...deps,
      loopId: config.id,
      schema: Kept,
      onLoaded: (kept) => this.#remember(kept),
    });
    this.#kept.open();
  }

  get id(): LoopId {
    return this.#config.id;
  }

  get inputChannelIds(): readonly ChannelId[] {
    return this.#config.conditions.flatMap((c) => (c.kind === "above" || c.kind === "below" ? [c.channelId] : []));
  }

  reconfigure(config: RuleConfig): void {
    this.#memory = reconfigured(this.#memory, this.#config.conditions, config.conditions);
    this.#config = config;
  }

  letGo(next: RuleConfig | null): void {
    const kept = next?.isEnabled === true ? new Set(outputsOf(next)) : new Set();
    for (const channelId of this.#held) if (!kept.has(channelId)) this.#claim.release(channelId);
    if (next === null) this.#kept.close();
  }

  decide(): boolean {
    if (!this.#config.isEnabled) {
      this.#decision = null;
      this.#memory = RULE_AT_REST;
      this.#hasStarted = false;
      this.#claim.hear(null);
      return this.#story.tell(this.#config, {
        state: "disabled",
        text: "Switched off: it does nothing.",
        warnings: [],
      });
    }
    const { conditions } = this.#config;
    const inputs = conditions.map((condition) => this.#hearing.of(condition));
    const atMs = this.#deps.clock.monotonicMs();
    const decision = decideRule(this.#config, { before: this.#memory, inputs, atMs });
    this.#decision = decision;
    this.#memory = decision.memory;
    this.#claim.hear(this.#drive(decision));
    this.#startModes(decision);
    this.#keep();
    return this.#tell(decision);
  }

  state(): LoopState {
    return {
      type: "rule",
      state: this.#story.state,
      text: this.#story.text,
      since: this.#story.since,
      next: null,
      warnings: [...this.#story.warnings],
      isTrue: this.#decision?.isTrue ?? null,
      conditions: [...(this.#decision?.conditions ?? [])],
    };
  }

  /** @returns why an output cannot be had; null: they can */
  #drive(decision: RuleDecision): string | null {
    const wanted = this.#config.actions.filter((action): action is OutputAction => action.kind === "output");
    const asked = decision.isActive ? wanted.filter(({ level }) => level === 0 || decision.mayHoldOn) : [];
    const ids = new Set(asked.map(({ channelId }) => channelId));
    for (const channelId of this.#held) if (!ids.has(channelId)) this.#claim.release(channelId);
    this.#held = ids;
    const refusals = asked.map(({ channelId, level }) => {
      const text = `${levelInWords(level)}: the rule ${this.#config.name} holds, since ${reasonOf(this.#config, decision)}.`;
      return this.#claim.ask(channelId, { levelPct: level, code: "rule", text, isUrgent: level === 0 });
    });
    return refusals.find((refusal) => refusal !== null) ?? null;
  }

  /** Once each time it becomes true; a mode that is on already is left as it is. */
  #startModes({ isTrue, isActive }: RuleDecision): void {
    if (!isActive) this.#hasStarted = false;
    const { clock, modes, log } = this.#deps;
    const isSure = this.#kept.isLoaded || clock.monotonicMs() - this.#openedAtMs >= MEMORY_LIMIT_MS;
    if (isTrue !== true || this.#hasStarted || !isSure) return;
    this.#hasStarted = true;
    for (const action of this.#config.actions) {
      if (action.kind !== "mode" || modes.isOn(action.modeId)) continue;
      try {
        modes.start(action.modeId, `rule ${this.#config.name}`);
      } catch (error) {
        log.warn(
          { loopId: this.id, modeId: action.modeId, reason: messageOf(error) },
          "a rule cannot start its mode",
        );
      }
    }
  }

  #tell(decision: RuleDecision): boolean {
    const { refusal } = this.#claim;
    const beforeTrue = this.#toldTrue;
    this.#toldTrue = decision.isTrue;
    const hasChanged = this.#story.tell(this.#config, {
      state: refusal === null ? stateOf(decision) : "blocked",
      text: refusal ?? textOf(this.#config, decision),
      warnings: this.#warnings(decision),
    });
    return hasChanged || beforeTrue !== decision.isTrue;
  }

  #warnings({ isActive, mayHoldOn, problem }: RuleDecision): LoopWarning[] {
    const alarms = this.#config.actions.filter((action): action is AlarmAction => action.kind === "alarm");
    const raised = (isActive ? alarms : []).map(({ priority, text }, index) => ({
      code: index === 0 ? "rule-alarm" : `rule-alarm-${index + 1}`,
      text,
      priority,
    }));
    if (mayHoldOn || problem === null) return raised;
    const text = `The rule ${this.#config.name} cannot tell whether to act: ${problem}.`;
    return [...raised, { code: "rule-blind", text, priority: "medium" }];
  }

  #remember(kept: Kept): void {
    if (kept.isActive) this.#hasStarted = kept.hasStarted;
    if (this.#decision === null || this.#decision.isTrue === null) this.#memory = restoredRule(kept);
  }

  #keep(): void {
    if (!this.#kept.isLoaded) return;
    const kept: Kept = { ...keptRule(this.#memory), hasStarted: this.#hasStarted };
    if (this.#lastKept !== null && isSameKept(kept, this.#lastKept)) return;
    this.#lastKept = kept;
    this.#kept.put(kept);
  }
}

function isSameKept(some: Kept, other: Kept): boolean {
  if (some.isActive !== other.isActive || some.hasStarted !== other.hasStarted) return false;
  if (some.conditions.length !== other.conditions.length) return false;
  return some.conditions.every(
    ({ isMet, isTrue }, index) =>
      isMet === other.conditions[index]?.isMet && isTrue === other.conditions[index]?.isTrue,
  );
}

type OutputAction = Extract<RuleAction, { kind: "output" }>;
type AlarmAction = Extract<RuleAction, { kind: "alarm" }>;
