import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import {
  changedParams,
  draftFrom,
  type Params,
  paramsFrom,
  type Wording,
} from "../../../../src-renderer/components/schema-form/form-draft.ts";
import { fieldsFrom } from "../../../../src-renderer/components/schema-form/form-field.ts";

const METRIC: Wording = { language: "en", temperatureUnit: "C" };
const GERMAN: Wording = { language: "de", temperatureUnit: "C" };
const FAHRENHEIT: Wording = { language: "en", temperatureUnit: "F" };

const fields = fieldsFrom(
  z.toJSONSchema(
    z.strictObject({
      host: z.string(),
      note: z.string().optional(),
      password: z.string().meta({ writeOnly: true }),
      startC: z.number().default(25.3),
      chillerW: z.number().nullable().default(null),
      mode: z.enum(["a", "b"]).default("a"),
      isOn: z.boolean().default(false),
      tags: z.array(z.string()).default([]),
      tls: z.strictObject({ port: z.int().default(443) }).default({ port: 443 }),
      version: z.literal(2),
    }),
    { io: "input" },
  ),
);
const stored: Params = {
  host: "plug",
  note: "left",
  startC: 24.123_456_789,
  chillerW: 150,
  mode: "b",
  isOn: true,
  tags: ["x"],
  tls: { port: 8_443 },
  version: 2,
};

test("a new form shows the driver's defaults", () => {
  expect(draftFrom(fields, {}, METRIC)).toEqual({
    host: "",
    note: "",
    password: "",
    startC: "25.3",
    chillerW: "",
    mode: '"a"',
    isOn: false,
    tags: [],
    tls: { port: "443" },
  });
});

test("what nobody touched is saved as it is stored, to the last digit, in any unit", () => {
  for (const wording of [METRIC, GERMAN, FAHRENHEIT]) {
    const saved = paramsFrom({ fields, stored }, draftFrom(fields, stored, wording), wording);
    expect(changedParams(saved, stored)).toEqual({});
  }
});

test("a stored null is shown as nothing, not as the default", () => {
  const withDefault = fieldsFrom({
    properties: { w: { default: 5, anyOf: [{ type: "number" }, { type: "null" }] } },
  });
  expect(draftFrom(withDefault, { w: null }, METRIC)).toEqual({ w: "" });
  expect(paramsFrom({ fields: withDefault, stored: { w: null } }, { w: "" }, METRIC)).toEqual({ w: null });
});

test("numbers are written and read in the keeper's language and unit", () => {
  expect(draftFrom(fields, { startC: 25.5 }, GERMAN)["startC"]).toBe("25,5");
  expect(draftFrom(fields, { startC: 25.5 }, FAHRENHEIT)["startC"]).toBe("77.9");
  const draft = { ...draftFrom(fields, stored, FAHRENHEIT), startC: "77.9" };
  expect(paramsFrom({ fields, stored }, draft, FAHRENHEIT)["startC"]).toBe(25.5);
});

test("only what was changed is sent", () => {
  const draft = { ...draftFrom(fields, stored, METRIC), isOn: false, mode: '"a"', tags: ["x", "", "y"] };
  const next = paramsFrom({ fields, stored }, draft, METRIC);
  expect(changedParams(next, stored)).toEqual({ isOn: false, mode: "a", tags: ["x", "y"] });
});

test("a field of a group changes its group", () => {
  const draft = { ...draftFrom(fields, stored, METRIC), tls: { port: "1" } };
  expect(changedParams(paramsFrom({ fields, stored }, draft, METRIC), stored)).toEqual({ tls: { port: 1 } });
});

test("an emptied field is null where that is a value, else empty, else left out", () => {
  const draft = { ...draftFrom(fields, stored, METRIC), chillerW: " ", note: "" };
  const next = paramsFrom({ fields, stored }, draft, METRIC);
  expect(next["chillerW"]).toBeNull();
  expect(next["note"]).toBe("");
  expect(paramsFrom({ fields, stored: {} }, draftFrom(fields, {}, METRIC), METRIC)).not.toHaveProperty("note");
});

test("a secret left empty keeps what is stored; a new one is sent", () => {
  const draft = draftFrom(fields, stored, METRIC);
  expect(paramsFrom({ fields, stored }, draft, METRIC)).not.toHaveProperty("password");
  expect(paramsFrom({ fields, stored }, { ...draft, password: "new" }, METRIC)["password"]).toBe("new");
});

test("a parameter of one value is sent as it is", () => {
  expect(paramsFrom({ fields, stored: {} }, draftFrom(fields, {}, METRIC), METRIC)["version"]).toBe(2);
});

test("whatever number is stored comes through the form unharmed", () => {
  const one = fieldsFrom({ properties: { startC: { type: "number" } } });
  const wordings = fc.constantFrom(METRIC, GERMAN, FAHRENHEIT);
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), wordings, (startC, wording) => {
      const draft = draftFrom(one, { startC }, wording);
      expect(paramsFrom({ fields: one, stored: { startC } }, draft, wording)).toEqual({ startC });
    }),
  );
});
