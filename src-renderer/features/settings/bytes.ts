const STEP = 1_000;
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** 1.2 GB: with a decimal below ten, as a person would say it. */
export function bytesIn(language: string, bytes: number): string {
  let unit = 0;
  let value = Math.max(0, bytes);
  while (value >= STEP && unit < UNITS.length - 1) {
    value /= STEP;
    unit += 1;
  }
  const maximumFractionDigits = value < 10 && unit > 0 ? 1 : 0;
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits,
  }).format(value);
}
