import { useFormats } from "../../i18n/formats.ts";

/** A poll interval, s, in words; shorter ones than a second with their tenths. */
export function useIntervalWords(): (intervalS: number) => string {
  const formats = useFormats();
  return (intervalS) =>
    intervalS < 1 ? `${formats.number(intervalS, 1)} s` : formats.duration(intervalS * 1_000);
}
