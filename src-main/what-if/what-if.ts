import { Worker } from "node:worker_threads";
import type { AlarmKind } from "#contract/alarms.ts";
import type { Configuration } from "#contract/configuration.ts";
import { ReefFault } from "#contract/errors.ts";
import { AlarmId, type ChannelId, LoopId } from "#contract/ids.ts";
import type { LoopConfig } from "#contract/loops.ts";
import { instantFrom } from "#contract/time.ts";
import type { AlarmPreview, AlarmPreviewRequest, LoopPreview, LoopPreviewRequest } from "#contract/what-if.ts";
import { inputsOf, outputsOf } from "#domain/control/loop-channels.ts";
import { newId } from "../platform/ids.ts";
import type { Clock, Stoppable } from "../platform/ports.ts";
import { after } from "../platform/timing.ts";
import type { HistoryReader, OutputHistoryReader, Span } from "../storage/ports.ts";
import { didOf, firstInstantOf, recordedOf } from "./past.ts";
import type { WhatIfService } from "./ports.ts";
import type { AnswerTo, Task } from "./task.ts";

const DAY_MS = 86_400_000;
const LONGEST_MS = 31 * DAY_MS;
const TIME_LIMIT_MS = 120_000;
/** Most previews are done by then. */
const RETRY_AFTER_S = 2;
/** A preview is a thread beside the control of the tank; it may not become its rival for memory. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

interface WhatIfDeps {
  readonly workerUrl: URL;
  readonly configuration: () => Configuration;
  /** @throws ReefFault invalid, conflict: a loop that does not fit the tank */
  readonly refuseUnfit: (loop: LoopConfig, current: Configuration) => void;
  readonly history: HistoryReader;
  readonly outputHistory: OutputHistoryReader;
  readonly clock: Clock;
}

/** Runs the real loops and alarms over what was recorded, one preview at a time, in a thread of its own. */
export class WhatIf implements WhatIfService, Stoppable {
  readonly #deps: WhatIfDeps;
  #running: Worker | null = null;

  constructor(deps: WhatIfDeps) {
    this.#deps = deps;
  }

  async stop(): Promise<void> {
    await this.#running?.terminate();
  }

  async previewLoop(request: LoopPreviewRequest["loop"], span: Span): Promise<LoopPreview> {
    const { configuration, refuseUnfit, history, outputHistory, clock } = this.#deps;
    refuseLongSpan(span);
    const current = configuration();
    const loop: LoopConfig = { ...request, id: LoopId.parse(newId(clock.nowMs())) };
    // What drives these outputs now is what the preview is to be compared with.
    const mine = new Set(outputsOf(loop));
    const others = current.loops.filter((other) => !outputsOf(other).some((id) => mine.has(id)));
    refuseUnfit(loop, { ...current, loops: others });
    const channels = channelsAround(loop, current);
    const sensors = channels.filter(({ kind }) => kind === "sensor");
    const outputs = channels.filter(({ kind }) => kind !== "sensor").map(({ id }) => id);
    const { recorded, resolution } = await recordedOf(history, sensors, span);
    const did = await didOf(outputHistory, outputs, span);
    const { timeZone, systemVolumeL } = current.tank;
    const task = { kind: "loop", span, channels, recorded, loop, did, timeZone, systemVolumeL } as const;
    const answer = await this.#run(task);
    return { ...endsOf(span), resolution, readingsFrom: firstInstantOf(recorded), ...answer };
  }

  async previewAlarm(request: AlarmPreviewRequest["alarm"], span: Span): Promise<AlarmPreview> {
    refuseLongSpan(span);
    const { configuration, history, clock } = this.#deps;
    refuseUntellable(request);
    const ids = [request.channelId, request.otherChannelId].filter((id) => id !== null);
    const channels = configuration().channels.filter(({ id }) => ids.includes(id));
    if (channels.length < new Set(ids).size || ids.length === 0)
      throw new ReefFault("not-found", "There is no channel with this id.");
    const { recorded, resolution } = await recordedOf(history, channels, span);
    const alarm = { ...request, id: AlarmId.parse(newId(clock.nowMs())) };
    const answer = await this.#run({ kind: "alarm", span, channels, recorded, alarm });
    return { ...endsOf(span), resolution, readingsFrom: firstInstantOf(recorded), ...answer };
  }

  #run<T extends Task>(task: T): Promise<AnswerTo<T>> {
    if (this.#running !== null) {
      const text = "Another preview is being worked out; ask again in a moment.";
      throw new ReefFault("too-many-requests", text, { context: { retryAfterS: RETRY_AFTER_S } });
    }
    const worker = new Worker(this.#deps.workerUrl, {
      name: "what-if",
      workerData: task,
      execArgv: [],
      env: {},
      resourceLimits: LIMITS,
    });
    this.#running = worker;
    return new Promise<AnswerTo<T>>((resolve, reject) => {
      const cancel = after(this.#deps.clock, TIME_LIMIT_MS, () => void worker.terminate());
      // Its thread takes a moment to end; who asks again at once, now that he has his answer, is not put off for that.
      worker.once("message", (answer: AnswerTo<T>) => {
        this.#running = null;
        void worker.terminate();
        resolve(answer);
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        cancel();
        if (this.#running === worker) this.#running = null;
        reject(new ReefFault("invalid", "This preview took too long; ask for a shorter span."));
      });
    });
  }
}

/** Kinds that readings alone answer; what outputs and loops said, and what was held then, is not recorded. */
const TELLABLE: readonly AlarmKind[] = [
  "low-low",
  "low",
  "high",
  "high-high",
  "rate-of-change",
  "discrepancy",
  "digital",
  "stale",
  "bad-measurement",
];

function refuseUntellable({ kind }: AlarmPreviewRequest["alarm"]): void {
  if (TELLABLE.includes(kind)) return;
  throw new ReefFault(
    "invalid",
    "What this alarm watches was not recorded; nobody can say how often it would ring.",
    {
      details: [{ field: "alarm.kind", message: `must be one of ${TELLABLE.join(", ")}` }],
    },
  );
}

function endsOf({ fromMs, toMs }: Span): Pick<LoopPreview, "from" | "to"> {
  return { from: instantFrom(fromMs), to: instantFrom(toMs) };
}

function refuseLongSpan({ fromMs, toMs }: Span): void {
  if (toMs - fromMs <= LONGEST_MS) return;
  throw new ReefFault("invalid", "A preview covers 31 days at most.", {
    details: [{ field: "from", message: "must be at most 31 days before to" }],
  });
}

/** Everything a loop hears and drives, and what the permissives of its outputs look at. */
function channelsAround(loop: LoopConfig, { channels }: Configuration): Configuration["channels"] {
  const ids = new Set<ChannelId>([...inputsOf(loop), ...outputsOf(loop)]);
  for (const { id, output } of channels) {
    if (!ids.has(id)) continue;
    for (const permissive of output?.permissives ?? [])
      if ("channelId" in permissive) ids.add(permissive.channelId);
  }
  return channels.filter(({ id }) => ids.has(id));
}
