import { z } from "zod";
import { UserId } from "./ids.ts";
import { Instant } from "./time.ts";

/** Each role may what the one before it may. */
export const UserRole = z.enum(["viewer", "operator", "admin"]);
export type UserRole = z.infer<typeof UserRole>;

/** True where `role` carries at least the authority of `needed`. */
export function isAtLeast(role: UserRole, needed: UserRole): boolean {
  return UserRole.options.indexOf(role) >= UserRole.options.indexOf(needed);
}

export const Username = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{1,63}$/, { message: "2 to 64 letters, digits, . _ @ -" });

/** Length is what helps (NIST SP 800-63B 3.1.1.2: at least 8, no composition rules); ours is the longer 10. */
export const Password = z.string().min(10).max(256);

export const User = z.strictObject({
  id: UserId,
  username: Username,
  role: UserRole,
  createdAt: Instant,
});
export type User = z.infer<typeof User>;

export const UserCreate = z.strictObject({ username: Username, password: Password, role: UserRole });
export type UserCreate = z.infer<typeof UserCreate>;

/** What an admin may change of a user. */
export const UserPatch = z.strictObject({ username: Username, password: Password, role: UserRole }).partial();
export type UserPatch = z.infer<typeof UserPatch>;

/** What anyone may change of himself; a new password needs the old one. */
export const SelfPatch = z
  .strictObject({ username: Username, password: Password, currentPassword: z.string().max(256) })
  .partial()
  .refine((p) => p.password === undefined || p.currentPassword !== undefined, {
    message: "changing the password needs the current one",
    path: ["currentPassword"],
  });
export type SelfPatch = z.infer<typeof SelfPatch>;

export const LoginRequest = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});
export type LoginRequest = z.infer<typeof LoginRequest>;

export const SetupRequest = z.strictObject({
  code: z.string().min(1).max(64),
  username: Username,
  password: Password,
});
export type SetupRequest = z.infer<typeof SetupRequest>;

export const Session = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInS: z.int(),
  user: User,
});
export type Session = z.infer<typeof Session>;
