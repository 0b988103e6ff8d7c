/** What is new, changed or gone between two lists: what did not change is the very same object in both. */
export function changedIds<Item extends { readonly id: string }>(
  next: readonly Item[],
  previous: readonly Item[],
): ReadonlySet<Item["id"]> {
  const [before, after] = [new Set(previous), new Set(next)];
  const changed = [...next.filter((item) => !before.has(item)), ...previous.filter((item) => !after.has(item))];
  return new Set(changed.map((item) => item.id));
}
