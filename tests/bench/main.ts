import { parseArgs } from "node:util";
import { b1 } from "./b01-control-push.ts";
import { b2 } from "./b02-control-poll.ts";
import { b3 } from "./b03-control-without-db.ts";
import { b4 } from "./b04-alarm-e2e.ts";
import { b5 } from "./b05-poll-jitter.ts";
import { b6 } from "./b06-isolation.ts";
import { b7 } from "./b07-ingest-durable.ts";
import { b12 } from "./b12-cold-start.ts";
import { b13 } from "./b13-footprint.ts";
import { b14 } from "./b14-daemon-cpu.ts";
import { b15 } from "./b15-rpc.ts";
import { b16 } from "./b16-live-push.ts";
import { b17 } from "./b17-ui-tti.ts";
import { b18 } from "./b18-ui-live.ts";
import { b19 } from "./b19-chart.ts";
import { type Bench, type RunOptions, Skipped } from "./support/bench.ts";
import { type Result, tableOf } from "./support/report.ts";

const BENCHES: readonly Bench[] = [b1, b2, b3, b4, b5, b6, b7, b12, b13, b14, b15, b16, b17, b18, b19];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean", default: false }, long: { type: "boolean", default: false } },
});
const wanted = positionals.map((text) => text.toLowerCase());
const matches = ({ name, title }: Bench, text: string) => name.toLowerCase() === text || title === text;
const unknown = wanted.find((text) => BENCHES.every((bench) => !matches(bench, text)));
if (unknown !== undefined) {
  console.error(
    `There is no benchmark ${unknown}; there are ${BENCHES.map((b) => `${b.name} ${b.title}`).join(", ")}.`,
  );
  process.exit(2);
}

const results: Result[] = [];
for (const bench of BENCHES) {
  if (wanted.length > 0 && !wanted.some((text) => matches(bench, text))) continue;
  const say = (text: string) => console.error(`${bench.name}: ${text}`);
  results.push(await resultOf(bench, { isLong: values.long, say }));
}
console.log(values.json ? JSON.stringify(results) : tableOf(results));
// What a benchmark leaves open must not keep the answer waiting.
process.exit(results.some((result) => "failure" in result) ? 1 : 0);

async function resultOf(bench: Bench, options: RunOptions): Promise<Result> {
  const { name, title, bar, aim } = bench;
  options.say(title);
  try {
    return { name, title, bar, aim, ...(await bench.run(options)) };
  } catch (error) {
    if (error instanceof Skipped) return { name, title, bar, aim, skipped: error.message };
    // One that breaks does not take along what the others found out in half an hour.
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    options.say(failure);
    return { name, title, bar, aim, failure };
  }
}
