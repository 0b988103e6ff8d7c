import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "prom-client";
import type { ApiServices } from "../api/context.ts";
import {
  acquisitionFigures,
  channelFigures,
  journalFigures,
  outputFigures,
  processFigures,
  subscriptionFigures,
} from "./figures.ts";
import type { MetricsSource } from "./ports.ts";

const DELAY_RESOLUTION_MS = 10;

/** /metrics: figures are taken when they are asked for, and nothing is loaded or measured before the first time. */
export class Metrics {
  readonly #services: ApiServices;
  readonly #source: MetricsSource | null;
  #registry: Promise<Registry> | null = null;
  #delay: ReturnType<typeof monitorEventLoopDelay> | null = null;

  constructor(services: ApiServices, source: MetricsSource | null) {
    this.#services = services;
    this.#source = source;
  }

  /** In Prometheus' text format. */
  async render(): Promise<{ readonly type: string; readonly text: string }> {
    this.#registry ??= this.#build();
    const registry = await this.#registry;
    return { type: registry.contentType, text: await registry.metrics() };
  }

  stop(): void {
    this.#delay?.disable();
  }

  async #build(): Promise<Registry> {
    const { Gauge, Registry } = await import("prom-client");
    const registry = new Registry();
    const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
    delay.enable();
    this.#delay = delay;
    const figures = [
      ...channelFigures(this.#services),
      ...outputFigures(this.#services),
      ...acquisitionFigures(this.#services),
      ...subscriptionFigures(this.#services),
      ...(this.#source === null ? [] : journalFigures(this.#source)),
      ...processFigures(delay),
    ];
    for (const { name, help, labelNames = [], fill } of figures) {
      const collect = () => {
        gauge.reset();
        fill(gauge);
      };
      const gauge = new Gauge({ name, help, labelNames, registers: [registry], collect });
    }
    return registry;
  }
}
