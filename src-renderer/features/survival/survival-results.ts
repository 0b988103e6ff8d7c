import { z } from "zod";

const Extremes = {
  minC: z.number(),
  maxC: z.number(),
  overflowL: z.number(),
  maxDkhPerDay: z.number(),
};

const Reference = z.object({ name: z.string(), survived: z.boolean(), notes: z.string(), ...Extremes });

const Scenario = z.object({
  fault: z.string(),
  survived: z.boolean(),
  ...Extremes,
  /** s after the fault; null: nobody had to be told, or nobody was. */
  alarmAfterS: z.number().nullable(),
  safeStateAfterS: z.number().nullable(),
  notes: z.string(),
  references: z.array(Reference).default([]),
});
export type SurvivalScenario = z.infer<typeof Scenario>;

/** What `simulate --json` prints, as far as it is shown. */
const SurvivalReport = z.object({
  days: z.number(),
  seed: z.number(),
  survivedAll: z.boolean(),
  scenarios: z.array(Scenario),
});
export type SurvivalReport = z.infer<typeof SurvivalReport>;

const SurvivalReports = z.union([z.array(SurvivalReport).min(1), SurvivalReport.transform((one) => [one])]);

/** The file that ships with the app; none where nothing was measured for this build. */
const shipped = import.meta.glob<unknown>("./results.json", { import: "default" });

/** @returns null where nothing was measured for this build @throws where what was shipped is no report */
export async function shippedReports(): Promise<readonly SurvivalReport[] | null> {
  const [load] = Object.values(shipped);
  return load === undefined ? null : reportsFrom(await load());
}

/** One document of `simulate --json`, or several, one a seed. @throws where it is none */
export function reportsFrom(document: unknown): readonly SurvivalReport[] {
  return SurvivalReports.parse(document);
}
