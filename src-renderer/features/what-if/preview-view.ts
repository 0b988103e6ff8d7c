import type { Limits } from "#contract/channels.ts";
import type { AlarmPreview, LevelStep, LoopPreview, PreviewedOutput } from "#contract/what-if.ts";
import type { LaneSpan } from "../../charts/use-lanes.ts";
import type { Extent } from "../../charts/view.ts";
import type { LoopDraft } from "../loops/loop-draft.ts";

type Ends = Pick<LoopPreview, "from" | "to" | "readingsFrom"> & { readonly outputs?: LoopPreview["outputs"] };

/** The part of a preview's span of which anything is known: a young tank has no yesterday. */
export function knownExtent({ from, to, readingsFrom, outputs = [] }: Ends): Extent {
  const known = outputs.flatMap(({ did, would }) => [
    did.steps.find(({ level }) => level !== null)?.at ?? [],
    would.steps.find(({ level }) => level !== 0)?.at ?? [],
  ]);
  const instants = [...known.flat(), ...(readingsFrom === null ? [] : [readingsFrom])].map(Date.parse);
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  if (instants.length === 0) return { fromMs, toMs };
  return { fromMs: Math.min(Math.max(fromMs, Math.min(...instants)), toMs - 1), toMs };
}

/** What an output did, as its lane shows it; before the first step nothing is known. */
export function didSpans(steps: readonly LevelStep[], whole: Extent): readonly LaneSpan[] {
  return steps.map(({ at, level }, index) => {
    const next = steps[index + 1];
    return {
      fromMs: Date.parse(at),
      toMs: next === undefined ? whole.toMs : Date.parse(next.at),
      levelPct: level,
    };
  });
}

/** What it would have done: it begins off, and nothing of it is unknown. */
export function wouldSpans(steps: readonly LevelStep[], whole: Extent): readonly LaneSpan[] {
  const [first] = didSpans(steps, whole);
  const startMs = first?.fromMs ?? whole.toMs;
  if (startMs <= whole.fromMs) return didSpans(steps, whole);
  return [{ fromMs: whole.fromMs, toMs: startMs, levelPct: 0 }, ...didSpans(steps, whole)];
}

/** The probe whose curve tells why: what a loop goes by first; null: it goes by none. */
export function leadingChannel(draft: LoopDraft): string | null {
  switch (draft.type) {
    case "thermostat":
      return draft.sensorChannelId;
    case "top-off":
      return draft.levelChannelId;
    case "doser":
      return draft.phChannelId;
    case "rule":
      return draft.conditions.find(isReading)?.channelId ?? null;
  }
}

/** Where a loop begins to act and where it ends, on its leading probe; null: nowhere fixed. */
export function actingLimits(draft: LoopDraft): Limits | null {
  switch (draft.type) {
    case "thermostat":
      return null;
    case "top-off":
      return between(draft.fillBelow, draft.fillUntil);
    case "doser":
      return draft.phChannelId === null ? null : between(draft.phMin, draft.phMax);
    case "rule": {
      const first = draft.conditions.find(isReading);
      if (first === undefined) return null;
      const { kind, value, hysteresis } = first;
      return between(value, kind === "above" ? value - hysteresis : value + hysteresis);
    }
  }
}

type Condition = Extract<LoopDraft, { readonly type: "rule" }>["conditions"][number];
type ReadingCondition = Extract<Condition, { readonly kind: "above" | "below" }>;

function isReading(condition: Condition): condition is ReadingCondition {
  return condition.kind === "above" || condition.kind === "below";
}

function between(one: number, other: number): Limits {
  return { min: Math.min(one, other), max: Math.max(one, other) };
}

/** One line of the comparison; a `did` that is null was not recorded. */
export interface Compared {
  readonly would: number;
  readonly did: number | null;
}

export interface ComparedOutput {
  readonly onS: Compared;
  readonly starts: Compared;
  /** mL; null: the pump's flow is not calibrated, or it is no pump. */
  readonly pumpedMl: Compared | null;
}

/** @param flowMlPerS what it pumps when it is on; null: not known */
export function compared({ would, did }: PreviewedOutput, flowMlPerS: number | null): ComparedOutput {
  const isKnown = did.steps.some(({ level }) => level !== null);
  const pair = (of: "onS" | "starts", factor = 1): Compared => ({
    would: would[of] * factor,
    did: isKnown ? did[of] * factor : null,
  });
  return {
    onS: pair("onS"),
    starts: pair("starts"),
    pumpedMl: flowMlPerS === null ? null : pair("onS", flowMlPerS),
  };
}

/** One time an alarm would have rung. */
export interface Ring {
  readonly fromMs: number;
  /** null: it would still ring at the end of the span. */
  readonly toMs: number | null;
  /** What did it, in the channel's stored unit. */
  readonly value: number | null;
}

export function ringsOf(transitions: AlarmPreview["transitions"]): readonly Ring[] {
  const rings: Ring[] = [];
  for (const { at, transition, value } of transitions) {
    const last = rings.at(-1);
    if (transition === "raised") rings.push({ fromMs: Date.parse(at), toMs: null, value });
    else if (transition === "returned" && last?.toMs === null)
      rings.splice(-1, 1, { ...last, toMs: Date.parse(at) });
  }
  return rings;
}

/** The rings as a lane shows them. */
export function ringSpans(rings: readonly Ring[], whole: Extent): readonly LaneSpan[] {
  const spans: LaneSpan[] = [];
  let quietFromMs = whole.fromMs;
  for (const { fromMs, toMs } of rings) {
    spans.push({ fromMs: quietFromMs, toMs: fromMs, levelPct: 0 });
    quietFromMs = toMs ?? whole.toMs;
    spans.push({ fromMs, toMs: quietFromMs, levelPct: 100 });
  }
  return [...spans, { fromMs: quietFromMs, toMs: whole.toMs, levelPct: 0 }];
}
