import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../../..");

/** One violation per file, and the rule that has to name it. */
const VIOLATIONS = {
  "src-main/contract/reads-a-file.ts": { rule: "pure-core", code: 'import "node:fs";' },
  "src-main/domain/writes-sql.ts": { rule: "pure-core", code: 'import "pg";' },
  "src-main/domain/looks-up.ts": { rule: "domain-layer", code: 'import "../outputs/inside.ts";' },
  "src-main/api/reaches-behind-ports.ts": { rule: "api-layer", code: 'import "#main/outputs/inside.ts";' },
  "src-main/control/loads-lazily.ts": {
    rule: "control-layer",
    code: 'export const x = import("../api/app-router.ts");',
  },
  "src-main/alarms/opens-window.ts": { rule: "electron-at-the-edge", code: 'import type {} from "electron";' },
  "src-main/hardware/drivers/turns-pin.ts": { rule: "gpio-behind-ports", code: 'import "onoff";' },
  "src-main/journal/queries.ts": {
    rule: "sql-in-storage",
    code: 'import type { Pool } from "pg"; export type X = Pool;',
  },
  "src-main/storage/opens-sqlite.ts": {
    rule: "sqlite-in-local-store",
    code: 'import "better-sqlite3-multiple-ciphers";',
  },
  "src-main/outputs/answers-http.ts": { rule: "trpc-at-the-edge", code: 'import "@trpc/server";' },
  "src-main/settings/misspells.ts": { rule: "resolvable", code: 'import "#contract/absent.ts";' },
  "src-main/platform/leans-on-tests.ts": { rule: "src-not-to-tests", code: 'import "#tests/fake.ts";' },
  "src-main/newcomer/unlisted.ts": { rule: "every-folder-has-a-row", code: 'import "../contract/ids.ts";' },
  "src-renderer/imports-core.ts": { rule: "renderer-through-api", code: 'import "#main/outputs/inside.ts";' },
  "src-renderer/bundles-core.ts": {
    rule: "router-type-only",
    code: 'import { router } from "#main/api/app-router.ts"; router;',
  },
  "src-renderer/spawns.ts": { rule: "no-node-in-the-window", code: 'import "node:child_process";' },
  "src-main/readings/egg.ts": { rule: "no-cycles", code: 'import "./hen.ts";' },
} as const;

const ALLOWED_FILES = {
  "src-main/contract/ids.ts": 'import { z } from "zod"; export const Id = z.string();',
  "src-main/outputs/inside.ts": 'import "../contract/ids.ts"; import "../hardware/ports.ts";',
  "src-main/outputs/ports.ts": "export interface Outputs {}",
  "src-main/hardware/ports.ts": 'import "#contract/ids.ts";',
  "src-main/api/app-router.ts": 'import "@trpc/server"; import "../outputs/ports.ts"; export const router = 1;',
  "src-main/readings/hen.ts": "export {};",
  "src-main/composition/start-core.ts": 'import "../api/app-router.ts"; import "../outputs/inside.ts";',
  "src-renderer/shows.ts": 'import type { router } from "#main/api/app-router.ts"; export type R = typeof router;',
  "tests/support/fake.ts": 'import "#main/outputs/inside.ts";',
} as const;

describe("the layer check", { timeout: 30_000 }, () => {
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "reef-layers-"));
  });
  afterAll(() => rm(scratch, { recursive: true, force: true }));

  it("is green where every import runs downhill", async () => {
    const root = await plant("green", ALLOWED_FILES);
    expect(await checkLayers(root)).toMatchObject({ exitCode: 0, violations: [] });
  });

  it("is red for each planted violation, and names its rule", async () => {
    const planted = Object.fromEntries(Object.entries(VIOLATIONS).map(([path, { code }]) => [path, code]));
    const root = await plant("red", {
      ...ALLOWED_FILES,
      ...planted,
      "src-main/readings/hen.ts": 'import "./egg.ts";',
    });
    const { exitCode, violations } = await checkLayers(root);
    expect(exitCode).toBe(1);
    for (const [path, { rule }] of Object.entries(VIOLATIONS)) expect(violations).toContain(`${rule}: ${path}`);
  });

  it("is red when it found nothing to check", async () => {
    const root = await plant("empty", { "src-main/README.md": "no modules here" });
    expect(await checkLayers(root)).toMatchObject({ exitCode: 1, violations: [] });
  });

  async function plant(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const root = join(scratch, name);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    await cp(join(REPOSITORY, "package.json"), join(root, "package.json"));
    await symlink(join(REPOSITORY, "node_modules"), join(root, "node_modules"), "junction");
    return root;
  }
});

/** @returns each violation as `rule: file` */
function checkLayers(root: string): Promise<{ exitCode: number | string; violations: string[] }> {
  return new Promise((resolve) => {
    const args = [join(REPOSITORY, "scripts/check-layers.mjs"), "--root", root];
    execFile(process.execPath, args, { cwd: root }, (error, _stdout, output) => {
      const violations: string[] = [];
      let rule = "";
      for (const line of output.split("\n")) {
        rule = /^([a-z-]+): /.exec(line)?.[1] ?? rule;
        const file = /^ {4}(\S+) -> /.exec(line)?.[1];
        if (file !== undefined) violations.push(`${rule}: ${file}`);
      }
      resolve({ exitCode: error?.code ?? 0, violations });
    });
  });
}
