import { playOurs, playReference, REFERENCES } from "#main/simulate-cli/run-moment.ts";
import { scenarioNamed } from "#main/simulate-cli/catalogue.ts";
for (const f of process.argv.slice(2)) { const scenario = scenarioNamed(f);
for (const moment of scenario.moments) {
const a = performance.now();
const r = await playOurs({scenario, moment, seed:1, days:1});
const b = performance.now();
console.log(f, moment.name, (b-a|0)+"ms", JSON.stringify(r.log.extremes), JSON.stringify([...r.log.crossedAtS]), r.struckAtMs, "safe", r.safeAfterS, JSON.stringify(Object.fromEntries(r.facts.starts)), r.isMomentMissed);
for (const t of r.told.filter(t=>t.atMs>=r.struckAtMs).slice(0,4)) console.log("   ", (t.atMs-r.struckAtMs)/1000, t.source, t.key, t.text);
for (const law of REFERENCES) { const a = performance.now(); const p = await playReference({scenario, moment, seed:1, days:1}, law); console.log("  ", law.name, (performance.now()-a|0)+"ms", JSON.stringify(p.log.extremes), JSON.stringify([...p.log.crossedAtS]))}
}}
process.exit(0);
