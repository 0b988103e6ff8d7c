import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { resize } from "./launch-app.ts";

const FOLDER = fileURLToPath(new URL("../../test-results/screenshots", import.meta.url));

export const SCREENS = [
  { width: 1280, height: 800 },
  { width: 1024, height: 600 },
  { width: 390, height: 844 },
] as const;

interface Shot {
  readonly runtime: string;
  /** Of what, as part of the file's name. */
  readonly name: string;
}

/** Pictures of what the page shows, on each screen: test-results/screenshots/RUNTIME/NAME-WIDTHxHEIGHT.png */
export async function takeScreenshots(
  page: Page,
  { runtime, name }: Shot,
  screens: readonly { readonly width: number; readonly height: number }[] = SCREENS,
): Promise<void> {
  for (const { width, height } of screens) {
    await resize(page, { width, height });
    const path = join(FOLDER, runtime, `${name}-${width}x${height}.png`);
    await mkdir(dirname(path), { recursive: true });
    await page.screenshot({ path, animations: "disabled" });
  }
}
