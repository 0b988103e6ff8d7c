import { describe, expect, test } from "vitest";
import { User } from "#contract/identity.ts";
import { barFor } from "../../../src-renderer/features/settings/user-rules.ts";

const user = (digit: number, role: User["role"]): User =>
  User.parse({
    id: `01a2085b-37a0-7000-a922-c0c99e6f01d${digit}`,
    username: `user${digit}`,
    role,
    createdAt: "2026-11-23T12:00:00.000Z",
    hasPin: false,
  });
const ada = user(1, "admin");
const ben = user(2, "admin");
const cleo = user(3, "viewer");

describe("whose role may be changed, and who may be removed", () => {
  test("anybody else", () => {
    expect(barFor(cleo, [ada, cleo], ada.id)).toBeNull();
    expect(barFor(ben, [ada, ben], ada.id)).toBeNull();
  });

  test("not oneself", () => {
    expect(barFor(ada, [ada, ben], ada.id)).toBe("self");
  });

  test("not the last admin, and that is the reason given", () => {
    expect(barFor(ada, [ada, cleo], ada.id)).toBe("last-admin");
    expect(barFor(ada, [ada, cleo], cleo.id)).toBe("last-admin");
  });
});
