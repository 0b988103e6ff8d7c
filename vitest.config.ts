import { defineConfig } from "vitest/config";

const INTEGRATION_TIMEOUT_MS = 60_000;
const END_TO_END_TIMEOUT_MS = 120_000;

/** Vitest runs the groups one after another: first what answers in milliseconds, last what starts real programs. */
export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        extends: true,
        // tests/ui: what the window computes; what it draws is looked at end to end, in a real browser.
        test: { name: "unit", include: ["tests/{unit,ui}/**/*.test.ts"], sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: { name: "contract", include: ["tests/contract/**/*.test.ts"], sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          sequence: { groupOrder: 3 },
          // Each starts a Postgres of its own: more than two at once wait for one disk.
          maxWorkers: 2,
          testTimeout: INTEGRATION_TIMEOUT_MS,
          hookTimeout: INTEGRATION_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          sequence: { groupOrder: 4 },
          fileParallelism: false,
          testTimeout: END_TO_END_TIMEOUT_MS,
          hookTimeout: END_TO_END_TIMEOUT_MS,
        },
      },
    ],
  },
});
