import { playOurs } from "#main/simulate-cli/run-moment.ts";
import { scenarioNamed } from "#main/simulate-cli/catalogue.ts";
const scenario = scenarioNamed("one-sample-spike");
const a = performance.now();
await playOurs({scenario, moment: scenario.moments[0], seed:1, days:0.25});
console.log("day s", (performance.now()-a)*4/1000, process.cpuUsage().user/1e6*4);
process.exit(0);
