import { defineConfig } from "vitest/config";

const INTEGRATION_TIMEOUT_MS = 60_000;
const END_TO_END_TIMEOUT_MS = 120_000;

/** End to end through a window or a browser. */
const WITH_A_SCREEN = [
  "alarm-screens",
  "electron-shell",
  "electron-start",
  "first-screen-size",
  "journeys",
  "kept-sign-in",
  "kiosk",
  "life-support-screens",
  "pages",
  "viewer",
  "what-if-screen",
].map((name) => `tests/e2e/${name}.test.ts`);
/** What the screen shows within three seconds: a second browser beside it would be measured too. */
const ALONE = ["tests/e2e/lost-core.test.ts"];

/** Vitest runs the groups one after another: first what answers in milliseconds, last what starts real programs. */
export default defineConfig({
  test: {
    pool: "forks",
    // Files, sockets and servers take as long as they take: nothing is judged by its speed here.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // tests/ui: what the window computes; what it draws is looked at end to end, in a real browser.
          include: ["tests/{unit,ui}/**/*.test.ts"],
          sequence: { groupOrder: 1 },
          // They leave nothing behind, so that the program is loaded once a process and not once a file.
          isolate: false,
          unstubEnvs: true,
        },
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
          exclude: [...WITH_A_SCREEN, ...ALONE],
          sequence: { groupOrder: 4 },
          // They wait for the tank more than they compute.
          maxWorkers: 3,
          testTimeout: END_TO_END_TIMEOUT_MS,
          hookTimeout: END_TO_END_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e-screens",
          include: WITH_A_SCREEN,
          sequence: { groupOrder: 5 },
          // A browser and its tank keep one core busy.
          maxWorkers: 2,
          testTimeout: END_TO_END_TIMEOUT_MS,
          hookTimeout: END_TO_END_TIMEOUT_MS,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e-alone",
          include: ALONE,
          sequence: { groupOrder: 6 },
          fileParallelism: false,
          testTimeout: END_TO_END_TIMEOUT_MS,
          hookTimeout: END_TO_END_TIMEOUT_MS,
        },
      },
    ],
  },
});
