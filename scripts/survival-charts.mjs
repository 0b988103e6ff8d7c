// The charts of docs/survival.md: plain SVG that reads on light and dark pages.

/**
 * @typedef {object} Shown
 * @property {string} fault
 * @property {boolean} survived
 * @property {number} minC
 * @property {number} maxC
 * @property {number | null} alarmAfterS
 * @property {readonly { name: string, survived: boolean, minC: number, maxC: number }[]} references
 */

const ROW = 18;
const LEFT = 200;
const WIDTH = 900;
const TOP = 56;
const COLOURS = {
  ours: "#0e8f8a",
  others: ["#d08a2e", "#9a6bd1"],
  lethal: "#d9534f",
  text: "#6f7b86",
  line: "#c6cdd3",
};

/** @param {readonly Shown[]} faults @returns {Record<string, string>} by file name */
export function survivalCharts(faults) {
  return { temperature: temperatureChart(faults), told: toldChart(faults) };
}

/** @param {readonly Shown[]} faults */
function temperatureChart(faults) {
  const [fromC, toC] = [14, 42];
  const x = (/** @type {number} */ c) =>
    LEFT + ((Math.min(Math.max(c, fromC), toC) - fromC) / (toC - fromC)) * (WIDTH - LEFT - 20);
  const rows = faults.map(({ fault, minC, maxC, references }, i) => {
    const y = TOP + i * ROW + ROW / 2;
    const others = references.map((reference, n) =>
      line({
        x1: x(reference.minC),
        x2: x(reference.maxC),
        y: y + 3 + n * 3,
        colour: COLOURS.others[n] ?? COLOURS.text,
        width: 2,
      }),
    );
    return [
      label(fault, y),
      ...others,
      line({ x1: x(minC), x2: x(maxC), y: y - 2, colour: COLOURS.ours, width: 5 }),
    ].join("");
  });
  const marks = [20, 25.5, 32].map((c) =>
    rule(x(c), faults.length, { text: `${c} °C`, colour: c === 25.5 ? COLOURS.line : COLOURS.lethal }),
  );
  return svg("The coldest and the warmest the water became, by fault", [...marks, ...rows], {
    rows: faults.length,
    hasLegend: true,
  });
}

/** @param {readonly Shown[]} faults */
function toldChart(faults) {
  const told = faults.filter(({ alarmAfterS }) => alarmAfterS !== null);
  const [fromS, toS] = [1, 86_400];
  const x = (/** @type {number} */ s) =>
    LEFT + (Math.log(Math.min(Math.max(s, fromS), toS) / fromS) / Math.log(toS / fromS)) * (WIDTH - LEFT - 20);
  const rows = told.map(({ fault, alarmAfterS }, i) => {
    const y = TOP + i * ROW + ROW / 2;
    return (
      label(fault, y) +
      line({ x1: x(fromS), x2: Math.max(x(alarmAfterS ?? 0), x(fromS) + 2), y, colour: COLOURS.ours, width: 6 })
    );
  });
  const marks = [
    [15, "15 s"],
    [60, "1 min"],
    [900, "15 min"],
    [3_600, "1 h"],
    [21_600, "6 h"],
  ].map(([s, text]) => rule(x(Number(s)), told.length, { text: String(text), colour: COLOURS.line }));
  return svg("From the strike until a person is told (logarithmic)", [...marks, ...rows], {
    rows: told.length,
    hasLegend: false,
  });
}

/** @param {string} title @param {readonly string[]} parts @param {{ rows: number, hasLegend: boolean }} of */
function svg(title, parts, { rows, hasLegend }) {
  const height = TOP + rows * ROW + 12;
  const legend = hasLegend
    ? [
        ["this controller", COLOURS.ours],
        ["holding the last value", COLOURS.others[0]],
        ["reef-pi's rules", COLOURS.others[1]],
      ]
        .map(
          ([text, colour], i) =>
            `<rect x="${420 + i * 160}" y="10" width="10" height="10" fill="${colour}"/><text x="${434 + i * 160}" y="19" fill="${COLOURS.text}">${escaped(text ?? "")}</text>`,
        )
        .join("")
    : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="Inter, system-ui, sans-serif" font-size="11" role="img"><title>${escaped(title)}</title><text x="8" y="19" fill="${COLOURS.text}" font-size="13">${escaped(title)}</text>${legend}${parts.join("")}</svg>\n`;
}

/** @param {string} text @param {number} y */
function label(text, y) {
  return `<text x="${LEFT - 10}" y="${y + 3}" text-anchor="end" fill="${COLOURS.text}">${escaped(text)}</text>`;
}

/** @param {{ x1: number, x2: number, y: number, colour: string, width: number }} at */
function line({ x1, x2, y, colour, width }) {
  return `<line x1="${x1.toFixed(1)}" x2="${Math.max(x2, x1 + 1).toFixed(1)}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="${width}"/>`;
}

/** @param {number} x @param {number} rows @param {{ text: string, colour: string }} said */
function rule(x, rows, { text, colour }) {
  return `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP - 6}" y2="${TOP + rows * ROW}" stroke="${colour}" stroke-dasharray="3 3"/><text x="${x.toFixed(1)}" y="${TOP - 10}" text-anchor="middle" fill="${COLOURS.text}">${escaped(text)}</text>`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
