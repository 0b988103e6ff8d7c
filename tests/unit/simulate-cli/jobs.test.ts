import { expect, test } from "vitest";
import { CATALOGUE, FAULTS } from "#main/simulate-cli/catalogue.ts";
import { type Job, jobsFor, runJob } from "#main/simulate-cli/jobs.ts";

/** Where no built host lies. */
const PROGRAM = "/nowhere/simulate.js";
const namesOf = (jobs: readonly Job[]) => jobs.map(({ fault, moment }) => `${fault} ${moment}`);
const ALL = CATALOGUE.flatMap(({ fault, moments }) => moments.map(({ name }) => `${fault} ${name}`));

test("the whole catalogue plays each fault at one moment a seed, and at all of them within three seeds", async () => {
  const seeds = await Promise.all(
    [1, 2, 3].map((seed) => jobsFor({ faults: FAULTS, isEveryMoment: false, seed, days: 1 }, PROGRAM)),
  );
  for (const jobs of seeds) expect(jobs.map(({ fault }) => fault)).toEqual(FAULTS);
  expect([...new Set(seeds.flatMap(namesOf))].toSorted()).toEqual(ALL.toSorted());
});

test("a fault that is named is played at every moment it has", async () => {
  const jobs = await jobsFor({ faults: FAULTS, isEveryMoment: true, seed: 5, days: 2 }, PROGRAM);
  expect(namesOf(jobs)).toEqual(ALL);
  for (const { seed, days } of jobs) expect([seed, days]).toEqual([5, 2]);
});

test("a moment that a fault does not have is refused", async () => {
  await expect(runJob({ fault: "leak", moment: "teatime", seed: 1, days: 1 })).rejects.toThrow(
    /no moment teatime/,
  );
});

test("the same seed gives the same tank to the last digit, another one another", async () => {
  const job = { fault: "calibration-visit", moment: "day", days: 0.1 };
  const [once, again, other] = [
    await runJob({ ...job, seed: 2 }),
    await runJob({ ...job, seed: 2 }),
    await runJob({ ...job, seed: 3 }),
  ];
  expect(again).toEqual(once);
  expect(other).not.toEqual(once);
}, 120_000);
