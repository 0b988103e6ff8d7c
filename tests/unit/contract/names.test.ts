import { expect, test } from "vitest";
import { Name } from "#contract/names.ts";

test.each([
  "Bella's reef",
  "Heizung (Becken 2)",
  "DS18B20 #3",
  "水槽",
  "Return pump, 24 V",
  "pH 8.2 °C/µ",
  "Sauerstoff-Düse",
])("%s is a name", (name) => expect(Name.parse(name)).toBe(name));

test.each([
  "'; DROP TABLE device; --",
  "x' OR '1'='1",
  "1; delete from reading",
  "tank -- comment",
  "<script>",
  "a\nb",
  'say "hi"',
  "back\\slash",
  "",
  "   ",
  "x".repeat(81),
  "nul\u0000",
])("%j is refused", (name) => expect(Name.safeParse(name).success).toBe(false));
