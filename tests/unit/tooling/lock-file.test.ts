import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

it("keeps a lock file that installs without a compiler, and names no registry", () => {
  const script = join(import.meta.dirname, "../../../scripts/tidy-lock.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
