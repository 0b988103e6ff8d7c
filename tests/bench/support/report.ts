import type { Bench, Figures, Outcome } from "./bench.ts";
import type { Spread } from "./statistics.ts";

/** One line of the answer; a benchmark that could not run says why instead of its figures. */
export type Result = Pick<Bench, "name" | "title" | "bar" | "aim"> &
  (Outcome | { readonly skipped: string } | { readonly failure: string });

export function tableOf(results: readonly Result[]): string {
  return results.map(paragraphOf).join("\n\n");
}

function paragraphOf(result: Result): string {
  const head = `${result.name} ${result.title}`;
  if ("skipped" in result) return `${head}: skipped, ${result.skipped}`;
  if ("failure" in result) return `${head}: FAILED, ${result.failure}`;
  const verdict = result.meetsAim ? "meets the aim" : result.meetsBar ? "meets the bar" : "MISSES THE BAR";
  const lines = [
    `${head}: ratio ${result.ratio}, ${verdict}`,
    `  bar  ${result.bar}`,
    `  aim  ${result.aim}`,
    ...linesOf("ours", result.figures),
    ...linesOf("floor", result.floor),
    ...(result.notes ?? []).map((note) => `  note ${note}`),
  ];
  return lines.join("\n");
}

function linesOf(side: string, figures: Figures): string[] {
  return Object.entries(figures).map(
    ([name, figure]) => `  ${side.padEnd(5)} ${name.padEnd(28)} ${textOf(figure)}`,
  );
}

function textOf(figure: number | Spread): string {
  return typeof figure === "number" ? `${figure}` : `${figure.median}  (${figure.min}–${figure.max})`;
}
