/** An instant in the tank's time, and which that is: `Mon 23 Nov 2026, 14:05 (Europe/Berlin)`. @param zone IANA */
export function whenWords(atMs: number, zone: string): string {
  const known = isKnown(zone) ? zone : "UTC";
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: known,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  const day = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`;
  return `${day}, ${part("hour")}:${part("minute")} (${known})`;
}

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
