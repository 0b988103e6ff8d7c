// Stands where Electron's own default app would: loads the app folder named on the command line.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
// biome-ignore lint/correctness/noUndeclaredDependencies: it runs inside Electron
import { app } from "electron";

const folder = process.argv.slice(1).find((arg) => !arg.startsWith("-"));
if (folder === undefined) throw new Error("usage: electron APPDIR");
const root = resolve(folder);
const { productName, name, version, main } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
// Its default app has these two; their types are no one's business but its own.
const own = /** @type {typeof app & { setAppPath(path: string): void, setVersion(version: string): void }} */ (
  app
);
own.setAppPath(root);
own.setName(productName ?? name);
own.setVersion(version);
await import(pathToFileURL(join(root, main)).href);
