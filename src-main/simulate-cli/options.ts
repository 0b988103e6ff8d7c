import { parseArgs } from "node:util";
import { ReefFault } from "#contract/errors.ts";
import { FAULTS, scenarioNamed } from "./catalogue.ts";

export const HELP = `The real core on the simulated tank under faults, faster than real time.

  npm run simulate -- --days N [--faults NAME,...|all] [--seed N] [--json]
  npm run simulate -- --list

  --days N      how long each scenario lasts, days: 0.25 to 365
  --faults ...  these faults, by name, each at all of its moments (by night, while it heats, at power-up, ...);
                all (default): the whole catalogue, each at one of its moments, another with every seed
  --seed N      weather, noise and luck: the same seed gives the same answer (default 1)
  --json        one JSON document on stdout, progress on stderr
  --list        the names of all faults
  --help        this text

Exit 1 where a tank was not kept alive, or nobody was told in time.
`;

export type Options =
  | { readonly kind: "help" }
  | { readonly kind: "list" }
  | {
      readonly kind: "run";
      readonly days: number;
      readonly faults: readonly string[];
      readonly seed: number;
      readonly isJson: boolean;
    };

const DAYS = { min: 0.25, max: 365 };
const MOST_SEED = 2_147_483_647;

/** @throws ReefFault invalid, one sentence */
export function optionsFrom(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      days: { type: "string" },
      faults: { type: "string" },
      seed: { type: "string" },
      json: { type: "boolean" },
      list: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return { kind: "help" };
  if (values.list === true) return { kind: "list" };
  if (values.days === undefined) throw new ReefFault("invalid", "--days N is missing; --help explains.");
  const days = numberFrom("--days", values.days);
  if (days < DAYS.min || days > DAYS.max) {
    throw new ReefFault("invalid", `--days must be ${DAYS.min} to ${DAYS.max}, not ${values.days}.`);
  }
  const seed = numberFrom("--seed", values.seed ?? "1");
  if (!Number.isInteger(seed) || seed < 0 || seed > MOST_SEED) {
    throw new ReefFault("invalid", `--seed must be a whole number from 0 to ${MOST_SEED}, not ${values.seed}.`);
  }
  return { kind: "run", days, seed, faults: faultsFrom(values.faults ?? "all"), isJson: values.json === true };
}

function faultsFrom(text: string): readonly string[] {
  if (text === "all") return FAULTS;
  const names = [...new Set(text.split(",").map((name) => name.trim()))];
  return names.map((name) => scenarioNamed(name).fault);
}

function numberFrom(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    throw new ReefFault("invalid", `${option} must be a number, not "${text}".`);
  }
  return value;
}
