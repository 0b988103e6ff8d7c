interface Outcome {
  readonly survived: boolean;
  readonly references: readonly { readonly name: string; readonly survived: boolean }[];
}

/** How many faults each of those compared with came through; in the order they are named. */
export function referenceTally(
  scenarios: readonly Outcome[],
): readonly { readonly name: string; readonly survived: number; readonly count: number }[] {
  const names = new Set(scenarios.flatMap(({ references }) => references.map(({ name }) => name)));
  return [...names].map((name) => {
    const runs = scenarios.flatMap(({ references }) => references.filter((r) => r.name === name));
    return { name, survived: runs.filter((run) => run.survived).length, count: runs.length };
  });
}
