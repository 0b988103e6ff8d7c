import type { monitorEventLoopDelay } from "node:perf_hooks";
import type { Gauge } from "prom-client";
import type { ApiServices } from "../api/context.ts";
import { latestOf } from "../api/latest-reading.ts";
import type { MetricsSource } from "./ports.ts";

const NS_PER_S = 1e9;
const US_PER_S = 1e6;
const MS_PER_S = 1e3;
const QUALITY = { good: 2, uncertain: 1, bad: 0 } as const;

/** One metric: its values are taken at each scrape. */
export interface Figure {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: string[];
  readonly fill: (gauge: Gauge) => void;
}

/** Sensors: the value only where it is good; a quality always. */
export function channelFigures(services: ApiServices): Figure[] {
  const labelNames = ["channel", "name", "quantity", "unit"];
  const sensors = () =>
    services.channels.list({ kind: "sensor" }).map((channel) => {
      const { id, name, quantity, unit } = channel;
      return { labels: { channel: id, name, quantity, unit }, latest: latestOf(channel, services) };
    });
  return [
    {
      name: "reef_reading",
      help: "The last reading, where it is good",
      labelNames,
      fill: (gauge) => {
        for (const { labels, latest } of sensors()) {
          if (latest.quality === "good" && latest.value !== null) gauge.set(labels, latest.value);
        }
      },
    },
    {
      name: "reef_reading_quality",
      help: "2 good, 1 uncertain, 0 bad",
      labelNames,
      fill: (gauge) => {
        for (const { labels, latest } of sensors()) gauge.set(labels, QUALITY[latest.quality]);
      },
    },
  ];
}

export function outputFigures({ outputs }: ApiServices): Figure[] {
  const labelNames = ["channel", "name", "role"];
  const each =
    (figureOf: (output: ReturnType<typeof outputs.list>[number]) => number | null) =>
    (gauge: Gauge): void => {
      for (const output of outputs.list()) {
        const value = figureOf(output);
        const labels = { channel: output.channelId, name: output.name, role: output.role };
        if (value !== null) gauge.set(labels, value);
      }
    };
  return [
    {
      name: "reef_output_requested_percent",
      help: "What the output is to be, 0 to 100",
      labelNames,
      fill: each((output) => output.requested),
    },
    {
      name: "reef_output_actual_percent",
      help: "What its device says it is; absent while unknown",
      labelNames,
      fill: each((output) => output.actual),
    },
    {
      name: "reef_output_faults",
      help: "Standing faults of the output",
      labelNames,
      fill: each((output) => output.faults.length),
    },
    {
      name: "reef_emergency_stop",
      help: "1 while the emergency stop holds",
      fill: (gauge) => gauge.set(Number(outputs.emergencyStop().isActive)),
    },
  ];
}

export function acquisitionFigures({ acquisition }: ApiServices): Figure[] {
  const labelNames = ["device", "interval_s"];
  const each =
    (figureOf: (poller: ReturnType<typeof acquisition.state>["pollers"][number]) => number) =>
    (gauge: Gauge): void => {
      for (const poller of acquisition.state().pollers) {
        gauge.set({ device: poller.deviceId, interval_s: String(poller.intervalS) }, figureOf(poller));
      }
    };
  return [
    {
      name: "reef_acquisition_running",
      help: "1 while sensors are polled",
      fill: (gauge) => gauge.set(Number(acquisition.state().isRunning)),
    },
    { name: "reef_poller_slots", help: "Samples due since the start", labelNames, fill: each((p) => p.slots) },
    {
      name: "reef_poller_missed_slots",
      help: "Samples that were not taken",
      labelNames,
      fill: each((p) => p.missedSlots),
    },
    { name: "reef_poller_failures", help: "Samples that failed", labelNames, fill: each((p) => p.failures) },
    {
      name: "reef_poller_lateness_seconds",
      help: "How late the last sample began",
      labelNames,
      fill: each((p) => p.lastLatenessMs / MS_PER_S),
    },
    {
      name: "reef_poller_lateness_max_seconds",
      help: "How late the latest of all samples began",
      labelNames,
      fill: each((p) => p.maxLatenessMs / MS_PER_S),
    },
  ];
}

export function subscriptionFigures({ subscriptions }: ApiServices): Figure[] {
  return [
    {
      name: "reef_subscriptions",
      help: "Open subscriptions, over the network and from the window together",
      labelNames: ["procedure"],
      fill: (gauge) => {
        for (const [procedure, open] of subscriptions.open()) gauge.set({ procedure }, open);
      },
    },
  ];
}

export function journalFigures(source: MetricsSource): Figure[] {
  const of =
    (figureOf: (journal: ReturnType<MetricsSource["journal"]>) => number) =>
    (gauge: Gauge): void =>
      gauge.set(figureOf(source.journal()));
  return [
    { name: "reef_journal_pending_rows", help: "Rows not yet durable anywhere", fill: of((j) => j.pendingRows) },
    {
      name: "reef_journal_spooled_batches",
      help: "Batches that wait for the database",
      fill: of((j) => j.spooledBatches),
    },
    { name: "reef_journal_lost_rows", help: "Rows given up", fill: of((j) => j.lostRows) },
    { name: "reef_journal_draining", help: "1 while the spool drains", fill: of((j) => Number(j.isDraining)) },
  ];
}

export function processFigures(delay: ReturnType<typeof monitorEventLoopDelay>): Figure[] {
  return [
    {
      name: "reef_event_loop_delay_p99_seconds",
      help: "99th percentile of the event loop's delay since the last scrape",
      fill: (gauge) => {
        gauge.set(delay.count === 0 ? 0 : delay.percentile(99) / NS_PER_S);
        delay.reset();
      },
    },
    {
      name: "process_resident_memory_bytes",
      help: "Resident memory",
      fill: (gauge) => gauge.set(process.memoryUsage.rss()),
    },
    { name: "reef_heap_bytes", help: "Heap in use", fill: (gauge) => gauge.set(process.memoryUsage().heapUsed) },
    {
      name: "reef_cpu_seconds",
      help: "Processor time spent since the start",
      fill: (gauge) => {
        const { user, system } = process.cpuUsage();
        gauge.set((user + system) / US_PER_S);
      },
    },
  ];
}
