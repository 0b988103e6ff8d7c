import type { AlarmPreview, AlarmPreviewRequest, LoopPreview, LoopPreviewRequest } from "#contract/what-if.ts";
import type { Span } from "../storage/ports.ts";

/** What a loop or an alarm would have done in the past. Nothing real is driven by it. */
export interface WhatIfService {
  /** @throws ReefFault invalid (a loop that does not fit, a span too long), conflict, database-away, too-many-requests */
  previewLoop(loop: LoopPreviewRequest["loop"], span: Span): Promise<LoopPreview>;
  /** @throws ReefFault invalid, not-found, database-away, too-many-requests */
  previewAlarm(alarm: AlarmPreviewRequest["alarm"], span: Span): Promise<AlarmPreview>;
}
