import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { until } from "#tests/headless-host.ts";
import { displayName } from "#tests/launch-app.ts";
import { realElectron } from "#tests/real-electron.ts";
import type { RpcPlan, RpcSizes, RpcTimes } from "./rpc-workload.ts";

const APP = fileURLToPath(new URL("./port-app", import.meta.url));
const LIMIT_MS = 30_000;

interface PortPage {
  times(plan: RpcPlan, sizes: RpcSizes): Promise<Omit<RpcTimes, "readMs">>;
  close(): Promise<void>;
}

/** A bare Electron app whose page has a MessageChannel to the main process: the floor of what a window can ask. */
export async function openPortPage(): Promise<PortPage> {
  const { binary } = await realElectron();
  const home = await mkdtemp(join(tmpdir(), "reef-bench-port-"));
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(binary, [APP, ...asRoot, "--remote-debugging-port=0", `--user-data-dir=${home}`], {
    cwd: home,
    env: { ...process.env, HOME: home, DISPLAY: await displayName(), DBUS_SESSION_BUS_ADDRESS: "disabled:" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const devTools = await until(
    "the bare window",
    LIMIT_MS,
    async () => /DevTools listening on (ws:\S+)/.exec(said)?.[1],
  );
  const browser = await chromium.connectOverCDP(devTools);
  const page = await until("the bare page", LIMIT_MS, async () =>
    browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().startsWith("file:")),
  );
  const ask = (size: RpcSizes["toggle"], count: number) =>
    page.evaluate(`benchPort(${JSON.stringify(size)}, ${count})`) as Promise<number>;
  return {
    times: async ({ toggles, snapshots }, sizes) => ({
      toggleMs: await ask(sizes.toggle, toggles),
      snapshotMs: await ask(sizes.snapshot, snapshots),
    }),
    close: async () => {
      await browser.close().catch(() => undefined);
      child.kill("SIGTERM");
      await exited;
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
