const STEP_MS = 600_000;

/** One heated tank, logged by an Apex every 10 min at UTC-8: its probe falls to -7.1 °C in one sample, and is back later. */
export interface StuckProbe {
  readonly xml: string;
  /** The first sample at -7.1, and the first good one after; epoch, UTC. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** @param centreC where the tank is kept, °C */
export function stuckProbe(centreC: number, { goodH, stuckH }: { goodH: number; stuckH: number }): StuckProbe {
  const startMs = Date.UTC(2020, 0, 20, 8);
  const fromMs = startMs + goodH * 3_600_000;
  const toMs = fromMs + stuckH * 3_600_000;
  const records: string[] = [];
  for (let atMs = startMs; atMs <= toMs + goodH * 3_600_000; atMs += STEP_MS) {
    const phase = ((atMs - startMs) / STEP_MS) % 12;
    const waterC = centreC + (phase < 6 ? phase : 12 - phase) * 0.1 - 0.3;
    const isStuck = atMs >= fromMs && atMs < toMs;
    records.push(
      `<record><date>${wallTime(atMs)}</date>${probe("Tmp-1", "Temp", isStuck ? "-7.1" : waterC.toFixed(1))}${probe("HEATER-1W", "pwr", phase < 6 ? "300" : "0")}</record>`,
    );
  }
  const head = `<hostname>reef</hostname><serial>AC5:00001</serial><timezone>-8.00</timezone>`;
  const xml = `<?xml version="1.0"?>\n<datalog software="5.12_1A24" hardware="1.0">\n${head}\n${records.join("\n")}\n</datalog>\n`;
  return { xml, fromMs, toMs };
}

const probe = (name: string, type: string, value: string) =>
  `<probe><name>${name}</name><type>${type}</type><value>${value}</value></probe>`;

function wallTime(atMs: number): string {
  const [date = "", time = ""] = new Date(atMs - 8 * 3_600_000).toISOString().split("T");
  const [year, month, day] = date.split("-");
  return `${month}/${day}/${year} ${time.slice(0, 8)}`;
}
