import { Password, Pin, type User, Username } from "#contract/identity.ts";

/** Why an admin may not do something to a user; null: he may. */
export type UserBar = "last-admin" | "self" | null;

/**
 * Whether a user's role may be changed, or he removed. A tank without an admin could never be set up again; and nobody
 * does either to himself, so that a slip locks nobody out: another admin can.
 */
export function barFor(user: User, users: readonly User[], selfId: string): UserBar {
  if (isLastAdmin(user, users)) return "last-admin";
  return user.id === selfId ? "self" : null;
}

function isLastAdmin(user: User, users: readonly User[]): boolean {
  return user.role === "admin" && users.every((other) => other.role !== "admin" || other.id === user.id);
}

export const isUsername = (text: string): boolean => Username.safeParse(text).success;
export const isPassword = (text: string): boolean => Password.safeParse(text).success;
export const isPin = (text: string): boolean => Pin.safeParse(text).success;
