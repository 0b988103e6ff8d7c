import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { HEATER_ID, PROBE_ID, TANK_ID } from "#tests/fakes/fake-services.ts";
import { WebBench } from "#tests/web-bench.ts";

interface Operation {
  readonly security: unknown[];
  readonly responses: Record<string, unknown>;
  readonly parameters?: { name: string; in: string }[];
  readonly requestBody?: { content: { "application/json": { schema: { properties?: Record<string, unknown> } } } };
}

const TRIES = 300;
const bench = await WebBench.started();
afterAll(() => bench.stop());
const document = (await bench.ask("GET", "/openapi.json", { as: null })).body;
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

test("the document is OpenAPI 3.1 and lists every route with its statuses", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.info).toMatchObject({ version: "1.2.3" });
  expect(document.components.securitySchemes).toMatchObject({ bearer: { type: "http", scheme: "bearer" } });
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(["/health", "/metrics", "/api/v1/devices/{id}/test"]),
  );

  const { responses } = document.paths["/api/v1/outputs/{channelId}/override"].post as Operation;
  expect(Object.keys(responses)).toEqual([
    "200",
    "400",
    "401",
    "403",
    "404",
    "409",
    "413",
    "415",
    "422",
    "429",
    "503",
  ]);
  expect(document.paths["/api/v1/devices/{id}"].delete.responses["204"]).not.toHaveProperty("content");
  expect(document.paths["/api/v1/users"].post.responses).toHaveProperty("201");
  expect(
    document.paths["/api/v1/devices"].get.parameters.map((parameter: { name: string }) => parameter.name),
  ).toEqual(["limit", "cursor"]);
});

test("what is open to everyone says so, and everything else asks for the token", () => {
  const open = operations.filter(({ operation }) => operation.security.length === 0).map(({ path }) => path);
  expect(open.sort()).toEqual([
    "/api/v1/auth/first-run",
    "/api/v1/auth/login",
    "/api/v1/auth/logout",
    "/api/v1/auth/refresh",
    "/api/v1/auth/setup",
    "/health",
  ]);
});

test("every reference in the document leads somewhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) {
    const target = reference.split("/").reduce((node, key) => node?.[key], document);
    expect([reference, target === undefined]).toEqual([reference, false]);
  }
});

test("nothing secret and no example of one is in the document", () => {
  expect(JSON.stringify(document)).not.toMatch(/argon2|passwordHash|tokenHash/);
});

test(`no request of a fuzzer gets a 5xx in ${TRIES} tries`, async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom("' OR 1=1 --", "../../etc/passwd", "NaN", "1e999", "\0", "__proto__", "<script>"),
  );
  const anyJson = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    text,
    fc.double(),
    fc.constantFrom("2026-01-01T00:00:00Z", 0, -1, null, true, [], {}),
  );
  const id = fc.oneof(fc.constantFrom(TANK_ID, PROBE_ID, HEATER_ID), fc.uuid(), text);
  const request = fc.constantFrom(...operations.filter(({ path }) => path.startsWith("/api"))).chain((target) => {
    const named = Object.keys(target.operation.requestBody?.content["application/json"].schema.properties ?? {});
    const asked = (target.operation.parameters ?? []).filter((p) => p.in === "query").map((p) => p.name);
    const fields = fc.record(Object.fromEntries(named.map((name) => [name, anyJson])), { requiredKeys: [] });
    return fc.record({
      target: fc.constant(target),
      body: target.method === "GET" ? fc.constant(undefined) : fc.oneof(fields, anyJson),
      query: fc.dictionary(asked.length === 0 ? text : fc.oneof(fc.constantFrom(...asked), text), text, {
        maxKeys: 3,
      }),
      ids: fc.array(id, { minLength: 2, maxLength: 2 }),
      as: fc.constantFrom("admin", "admin", "viewer", null),
    });
  });
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ target, body, query, ids, as }) => {
      let next = 0;
      const path = target.path.replace(
        /\{\w+\}/g,
        () => encodeURIComponent((ids[next++] ?? "").toWellFormed()) || "-",
      );
      const wellFormed = Object.entries(query).map(([name, value]): [string, string] => [
        name.toWellFormed(),
        value.toWellFormed(),
      ]);
      const asked = new URLSearchParams(wellFormed).toString();
      const json = body === undefined ? undefined : JSON.stringify(body);
      const answer = await bench.ask(target.method, `${path}?${asked}`, {
        as,
        ...(json === undefined ? {} : { body: json }),
      });
      seen.add(answer.status);
      expect(answer.status).toBeLessThan(500);
      if (answer.status >= 400)
        expect(answer.body.error).toMatchObject({ code: expect.any(String), details: expect.any(Array) });
    }),
    { numRuns: TRIES },
  );
  expect([...seen]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
}, 30_000);
