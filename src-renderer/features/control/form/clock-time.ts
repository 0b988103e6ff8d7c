const TYPED = /^\s*(?<hour>\d{1,2})\s*[:. h]?\s*(?<minute>\d{2})?\s*$/;

/** `21.30`, `2130`, `9` and `21:30` as `HH:MM`; what is no time of day stays as it was typed. */
export function clockTimeFrom(text: string): string {
  const { hour, minute = "00" } = TYPED.exec(text)?.groups ?? {};
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return text;
  return `${hour.padStart(2, "0")}:${minute}`;
}
