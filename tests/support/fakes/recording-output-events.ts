import type { OutputEvent, OutputEventSink } from "#main/outputs/ports.ts";

/** Remembers what happened to outputs. */
export class RecordingOutputEvents implements OutputEventSink {
  readonly events: OutputEvent[] = [];

  get kinds(): readonly OutputEvent["kind"][] {
    return this.events.map(({ kind }) => kind);
  }

  append(event: OutputEvent): void {
    this.events.push(event);
  }
}
