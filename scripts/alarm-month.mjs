// Plays a month with three incidents and writes its figures into docs/alarm-philosophy.md.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { playAlarmMonth } from "../src-main/simulate-cli/month/alarm-month.ts";
import { monthTable } from "../src-main/simulate-cli/month/month-table.ts";

const { values } = parseArgs({
  options: {
    help: { type: "boolean" },
    days: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
  },
});
if (values.help) {
  console.log(
    "npm run alarm-month [-- --days 30 --seed 1]   the month in docs/alarm-philosophy.md anew, in about ten minutes",
  );
  process.exit(0);
}

const PAGE = fileURLToPath(new URL("../docs/alarm-philosophy.md", import.meta.url));
const MARKS = /(<!-- month: begin[^>]*-->\n)[\s\S]*(<!-- month: end -->)/;

const month = await playAlarmMonth({
  days: Number(values.days),
  seed: Number(values.seed),
  onDay: (day, messages) => console.error(`day ${day} of ${values.days}: ${messages.length} messages so far`),
});
const table = monthTable(month);
console.log(table);
const page = readFileSync(PAGE, "utf8");
if (!MARKS.test(page)) throw new Error("docs/alarm-philosophy.md has no place for the month.");
writeFileSync(
  PAGE,
  page.replace(MARKS, (_, begin, end) => `${begin}\n${table}\n\n${end}`),
);
