import { expect, test } from "vitest";
import { ReefFault } from "#contract/errors.ts";
import { settingsFrom } from "#main/settings/environment.ts";

const refusal = (variables: Record<string, string>): string => {
  try {
    settingsFrom(variables, "/data");
  } catch (error) {
    if (error instanceof ReefFault) return error.message;
  }
  return "accepted";
};

test("nothing set: loopback, port 8000, embedded Postgres, no admin", () => {
  expect(settingsFrom({}, "/data")).toEqual({
    dataDir: "/data",
    http: { host: "127.0.0.1", port: 8000, corsOrigins: [], tls: { mode: "off", certFile: null, keyFile: null } },
    databaseUrl: null,
    hardware: "auto",
    firstAdmin: null,
    allowsLoopbackDevices: false,
    localStore: "file",
    logLevel: "info",
  });
});

test("an empty variable counts as not set", () => {
  expect(settingsFrom({ REEF_HTTP_PORT: "", DATABASE_URL: "" }, "/data").http.port).toBe(8000);
});

test.each([
  "postgres://reef:pw@db:5433/reef?sslmode=require",
  "postgresql://reef@localhost/reef",
  "postgres://reef:pw@/reef?host=/var/run/postgresql",
  "postgres:///reef?host=/var/run/postgresql",
])("DATABASE_URL may be %s", (url) => {
  expect(settingsFrom({ DATABASE_URL: url }, "/data").databaseUrl).toBe(url);
});

test("a DATABASE_URL that is no address is refused, its password unsaid", () => {
  for (const url of ["postgres://", "postgres://u:secret@h:port/db", "postgres://u:secret@/db"]) {
    expect(refusal({ DATABASE_URL: url })).toMatch(
      /^DATABASE_URL must be .*; it is \*\*\*\.$|^DATABASE_URL must begin/,
    );
  }
});

test.each([
  [{ REEF_HTTP_PORT: "99999" }, 'REEF_HTTP_PORT must be a whole number from 0 to 65535; it is "99999".'],
  [{ REEF_HTTP_PORT: "8e3" }, 'REEF_HTTP_PORT must be a whole number from 0 to 65535; it is "8e3".'],
  [{ REEF_LOG_LEVEL: "loud" }, 'REEF_LOG_LEVEL must be debug, info, warn or error; it is "loud".'],
  [{ REEF_HARDWARE: "arduino" }, 'REEF_HARDWARE must be auto, simulated, pi or none; it is "arduino".'],
  [{ REEF_LOCAL_STORE: "cloud" }, 'REEF_LOCAL_STORE must be file or memory; it is "cloud".'],
  [{ REEF_HTTP_INSECURE: "yes" }, 'REEF_HTTP_INSECURE must be "true" or "false"; it is "yes".'],
  [
    { DATABASE_URL: "mysql://u:secret@db" },
    "DATABASE_URL must begin with postgres:// or postgresql://; it is ***.",
  ],
  [
    { REEF_ADMIN_USERNAME: "keeper", REEF_ADMIN_PASSWORD: "short" },
    "REEF_ADMIN_PASSWORD must have at least 10 characters; it is ***.",
  ],
  [
    { REEF_ADMIN_USERNAME: "keeper" },
    "REEF_ADMIN_PASSWORD must be set beside REEF_ADMIN_USERNAME; it is not set.",
  ],
  [
    { REEF_ADMIN_PASSWORD: "longenough1" },
    "REEF_ADMIN_USERNAME must be set beside REEF_ADMIN_PASSWORD; it is not set.",
  ],
  [
    { REEF_CORS_ORIGINS: "reef.example" },
    'REEF_CORS_ORIGINS must be a comma-separated list of origins like https://reef.example; it is "reef.example".',
  ],
  [{ REEF_TLS: "cert" }, 'REEF_TLS needs REEF_TLS_CERT and REEF_TLS_KEY when it is cert; it is "cert".'],
  [
    { REEF_HTTP_HOST: "0.0.0.0", REEF_TLS: "off" },
    'REEF_TLS must not be off on an address others can reach (or set REEF_HTTP_INSECURE=true); it is "off".',
  ],
])("%o is refused in one line that names the variable, the rule and the value", (variables, message) => {
  expect(refusal(variables as Record<string, string>)).toBe(message);
});

test("an address others can reach gets TLS by itself, or plain HTTP when that is asked for", () => {
  expect(settingsFrom({ REEF_HTTP_HOST: "0.0.0.0" }, "/data").http.tls.mode).toBe("self-signed");
  expect(settingsFrom({ REEF_HTTP_HOST: "0.0.0.0", REEF_HTTP_INSECURE: "true" }, "/data").http.tls.mode).toBe(
    "off",
  );
});

test("a full set is taken as it is", () => {
  const settings = settingsFrom(
    {
      REEF_DATA_DIR: "/srv/reef",
      REEF_HTTP_PORT: "0",
      REEF_CORS_ORIGINS: "https://a.example, https://b.example:8443",
      REEF_ADMIN_USERNAME: "keeper",
      REEF_ADMIN_PASSWORD: "correct horse",
      DATABASE_URL: "postgresql://reef@db/reef",
      REEF_TLS: "cert",
      REEF_TLS_CERT: "/c.pem",
      REEF_TLS_KEY: "/k.pem",
      REEF_ALLOW_LOOPBACK_DEVICES: "true",
    },
    "/data",
  );
  expect(settings.dataDir).toBe("/srv/reef");
  expect(settings.http.corsOrigins).toEqual(["https://a.example", "https://b.example:8443"]);
  expect(settings.firstAdmin).toEqual({ username: "keeper", password: "correct horse" });
  expect(settings.http.tls).toEqual({ mode: "cert", certFile: "/c.pem", keyFile: "/k.pem" });
  expect(settings.allowsLoopbackDevices).toBe(true);
});
