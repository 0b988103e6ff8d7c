/** The theme's colors as a canvas takes them. */
export interface ChartInk {
  series(color: number): string;
  readonly text: string;
  readonly label: string;
  readonly quiet: string;
  readonly grid: string;
  readonly limit: string;
  readonly cursor: string;
  readonly surface: string;
  readonly font: string;
}

const SERIES_COLORS = 4;

export function inkOf(element: Element): ChartInk {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: (color) => token(`--series-${((color - 1) % SERIES_COLORS) + 1}`),
    text: token("--text-1"),
    label: token("--text-2"),
    quiet: token("--text-3"),
    grid: token("--line"),
    limit: token("--warn"),
    cursor: token("--text-2"),
    surface: token("--surface-1"),
    font: style.fontFamily,
  };
}
