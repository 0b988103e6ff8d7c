const MINUTE_MS = 60_000;

/** A duration for people: `45 s`, `12 min`, `2 h 10 min`. */
export function spanText(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(Math.round(ms / 1_000), 0)} s`;
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
