const MIN_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;

/** A duration for people, rounded up to whole seconds: `2 min 10 s`, `3 h 5 min`, `2 d 4 h`. @param durationMs >= 0 */
export function durationInWords(durationMs: number): string {
  const totalS = Math.max(0, Math.ceil(durationMs / 1_000));
  if (totalS < MIN_S) return `${totalS} s`;
  if (totalS < HOUR_S) return pair([Math.floor(totalS / MIN_S), "min"], [totalS % MIN_S, "s"]);
  if (totalS < DAY_S)
    return pair([Math.floor(totalS / HOUR_S), "h"], [Math.floor((totalS % HOUR_S) / MIN_S), "min"]);
  return pair([Math.floor(totalS / DAY_S), "d"], [Math.floor((totalS % DAY_S) / HOUR_S), "h"]);
}

function pair([major, majorUnit]: [number, string], [minor, minorUnit]: [number, string]): string {
  return minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`;
}

/** A level for people: `Off`, `On`, `On at 40 %`. */
export function levelInWords(levelPct: number): string {
  if (levelPct === 0) return "Off";
  return levelPct === 100 ? "On" : `On at ${Math.round(levelPct * 10) / 10} %`;
}

/** What others say, with the full stop they left out. */
export function withStop(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
