import type { Spread } from "./statistics.ts";

export type Figures = Readonly<Record<string, number | Spread>>;

/** What a benchmark found out. */
export interface Outcome {
  readonly figures: Figures;
  /** What it is measured against, in the same run. */
  readonly floor: Figures;
  /** The figure the bar is about over its floor. */
  readonly ratio: number;
  readonly meetsBar: boolean;
  readonly meetsAim: boolean;
  /** What was left out by name, and what a reader has to know. */
  readonly notes?: readonly string[];
}

export interface RunOptions {
  /** The full duration where there are two (B13: an hour). */
  readonly isLong: boolean;
  /** Says what goes on, to a person who waits. */
  readonly say: (text: string) => void;
}

export interface Bench {
  /** B1 … B20, as docs/benchmarks.md numbers them. */
  readonly name: string;
  readonly title: string;
  readonly bar: string;
  readonly aim: string;
  /** @throws Skipped where something it needs is not on this machine */
  run(options: RunOptions): Promise<Outcome>;
}

/** Thrown by a benchmark that cannot run here; its message names what is missing. */
export class Skipped extends Error {}

/** Runs the sides in turn, so that whatever else this machine does strikes all of them. @returns each side's results */
export async function interleaved<A, B>(
  repetitions: number,
  a: (round: number) => Promise<A>,
  b: (round: number) => Promise<B>,
): Promise<{ readonly a: A[]; readonly b: B[] }> {
  const results = { a: [] as A[], b: [] as B[] };
  for (let round = 0; round < repetitions; round++) {
    results.a.push(await a(round));
    results.b.push(await b(round));
  }
  return results;
}

export const REPETITIONS = 5;

/** Real time, for waiting between what is measured. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
