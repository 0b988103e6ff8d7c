import { instantFrom } from "#contract/time.ts";
import type { AlarmPreview, LoopPreview } from "#contract/what-if.ts";
import type { Span } from "#main/storage/ports.ts";
import type { WhatIfService } from "#main/what-if/ports.ts";

/** Foresees nothing, and remembers what it was asked. */
export class FakeWhatIf implements WhatIfService {
  readonly asked: Span[] = [];

  async previewLoop(_loop: unknown, span: Span): Promise<LoopPreview> {
    return { ...this.#over(span), outputs: [], states: [], last: null };
  }

  async previewAlarm(_alarm: unknown, span: Span): Promise<AlarmPreview> {
    return { ...this.#over(span), raised: 0, transitions: [] };
  }

  #over(span: Span) {
    this.asked.push(span);
    return {
      from: instantFrom(span.fromMs),
      to: instantFrom(span.toMs),
      resolution: "raw" as const,
      readings: 0,
      readingsFrom: null,
    };
  }
}
