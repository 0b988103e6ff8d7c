import { z } from "zod";
import { ReefFault } from "#contract/errors.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const TRUE_OR_FALSE = z
  .enum(["true", "false"], { error: 'must be "true" or "false"' })
  .transform((text) => text === "true");

const Environment = z.object({
  REEF_DATA_DIR: z.string().min(1, "must be a folder").optional(),
  REEF_HTTP_HOST: z.string().min(1, "must be an address").default("127.0.0.1"),
  REEF_HTTP_PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a whole number from 0 to 65535")
    .refine((text) => Number(text) <= 65_535, "must be a whole number from 0 to 65535")
    .default("8000"),
  REEF_HTTP_INSECURE: TRUE_OR_FALSE.default(false),
  REEF_TLS: z.enum(["off", "self-signed", "cert"], { error: "must be off, self-signed or cert" }).optional(),
  REEF_TLS_CERT: z.string().optional(),
  REEF_TLS_KEY: z.string().optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, "must begin with postgres:// or postgresql://")
    .refine(isAddress, "must be a URL")
    .optional(),
  REEF_HARDWARE: z
    .enum(["auto", "simulated", "pi", "none"], { error: "must be auto, simulated, pi or none" })
    .default("auto"),
  REEF_ADMIN_USERNAME: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$/, "must be 2 to 64 letters, digits, . _ @ -")
    .optional(),
  REEF_ADMIN_PASSWORD: z.string().min(10, "must have at least 10 characters").max(256).optional(),
  REEF_CORS_ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((origin) => origin.trim())
        .filter((origin) => origin !== ""),
    )
    .refine(
      (origins) => origins.every(isOrigin),
      "must be a comma-separated list of origins like https://reef.example",
    )
    .default([]),
  REEF_ALLOW_LOOPBACK_DEVICES: TRUE_OR_FALSE.default(false),
  REEF_LOCAL_STORE: z.enum(["file", "memory"], { error: "must be file or memory" }).default("file"),
  REEF_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], { error: "must be debug, info, warn or error" })
    .default("info"),
});

/** Everything the environment decides, checked. */
export interface Settings {
  readonly dataDir: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly corsOrigins: readonly string[];
    readonly tls: {
      readonly mode: "off" | "self-signed" | "cert";
      readonly certFile: string | null;
      readonly keyFile: string | null;
    };
  };
  readonly databaseUrl: string | null;
  readonly hardware: "auto" | "simulated" | "pi" | "none";
  readonly firstAdmin: { readonly username: string; readonly password: string } | null;
  readonly allowsLoopbackDevices: boolean;
  readonly localStore: "file" | "memory";
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

type Variables = Readonly<Record<string, string | undefined>>;
const SECRETS: ReadonlySet<string> = new Set(["REEF_ADMIN_PASSWORD", "DATABASE_URL"]);

/**
 * Settings from variables; an empty one counts as not set.
 * @param variables the environment, with `.env` beneath it
 * @param defaultDataDir where the platform keeps a program's data
 * @throws ReefFault bad-setting: one line naming the variable, the rule and the value (secrets masked)
 */
export function settingsFrom(variables: Variables, defaultDataDir: string): Settings {
  const named = Object.fromEntries(
    Object.keys(Environment.shape).flatMap((name) => (variables[name] ? [[name, variables[name]]] : [])),
  );
  const parsed = Environment.safeParse(named);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badSetting(String(issue?.path[0]), issue?.message ?? "is not valid", variables);
  }
  const env = parsed.data;
  const mode = tlsModeFrom(env, variables);
  return {
    dataDir: env.REEF_DATA_DIR ?? defaultDataDir,
    http: {
      host: env.REEF_HTTP_HOST,
      port: Number(env.REEF_HTTP_PORT),
      corsOrigins: env.REEF_CORS_ORIGINS,
      tls: { mode, certFile: env.REEF_TLS_CERT ?? null, keyFile: env.REEF_TLS_KEY ?? null },
    },
    databaseUrl: env.DATABASE_URL ?? null,
    hardware: env.REEF_HARDWARE,
    firstAdmin: firstAdminFrom(env, variables),
    allowsLoopbackDevices: env.REEF_ALLOW_LOOPBACK_DEVICES,
    localStore: env.REEF_LOCAL_STORE,
    logLevel: env.REEF_LOG_LEVEL,
  };
}

function tlsModeFrom(env: z.output<typeof Environment>, variables: Variables): Settings["http"]["tls"]["mode"] {
  const isLoopback = LOOPBACK.has(env.REEF_HTTP_HOST);
  const mode = env.REEF_TLS ?? (isLoopback || env.REEF_HTTP_INSECURE ? "off" : "self-signed");
  if (!isLoopback && mode === "off" && !env.REEF_HTTP_INSECURE) {
    const rule = "must not be off on an address others can reach (or set REEF_HTTP_INSECURE=true)";
    throw badSetting("REEF_TLS", rule, variables);
  }
  if (mode === "cert" && (env.REEF_TLS_CERT === undefined || env.REEF_TLS_KEY === undefined)) {
    throw badSetting("REEF_TLS", "needs REEF_TLS_CERT and REEF_TLS_KEY when it is cert", variables);
  }
  return mode;
}

function firstAdminFrom(env: z.output<typeof Environment>, variables: Variables): Settings["firstAdmin"] {
  const { REEF_ADMIN_USERNAME: username, REEF_ADMIN_PASSWORD: password } = env;
  if (username !== undefined && password !== undefined) return { username, password };
  if (username !== undefined)
    throw badSetting("REEF_ADMIN_PASSWORD", "must be set beside REEF_ADMIN_USERNAME", variables);
  if (password !== undefined)
    throw badSetting("REEF_ADMIN_USERNAME", "must be set beside REEF_ADMIN_PASSWORD", variables);
  return null;
}

/** A socket's address (…@/database?host=/run/…) has no host before its path, which the URL standard does not know. */
function isAddress(text: string): boolean {
  return URL.canParse(text) || (/[?&]host=\//.test(text) && URL.canParse(text.replace("@/", "@localhost/")));
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

function badSetting(variable: string, rule: string, variables: Variables): ReefFault {
  const value = variables[variable];
  const shown =
    value === undefined || value === "" ? "not set" : SECRETS.has(variable) ? "***" : JSON.stringify(value);
  return new ReefFault("bad-setting", `${variable} ${rule}; it is ${shown}.`, { context: { variable } });
}
