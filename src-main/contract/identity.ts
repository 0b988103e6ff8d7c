import { z } from "zod";
import { UserId } from "./ids.ts";
import { ROLES } from "./roles.ts";
import { Instant } from "./time.ts";

export const UserRole = z.enum(ROLES);
export type UserRole = z.infer<typeof UserRole>;

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
  /** Whether a kiosk asks him for a PIN before it lets him act. */
  hasPin: z.boolean(),
});
export type User = z.infer<typeof User>;

/** What a person types on a kiosk: short, so it unlocks a screen that is signed in already, and never signs anyone in. */
export const Pin = z.string().regex(/^[0-9]{4,8}$/, { message: "4 to 8 digits" });

/** null takes the PIN away. */
export const PinChange = z.strictObject({ pin: Pin.nullable(), currentPassword: z.string().max(256) });
export type PinChange = z.infer<typeof PinChange>;

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

/**
 * `tradeKey`: random, made by the client for this trade and kept beside the token. A trade whose answer was lost, as by a
 * reload of the page, may be made again with the same key and has the same answer, as long as the next token is unused.
 * Without it, as with another one, a token is good once, and using an old one ends its session.
 */
export const RefreshRequest = z.strictObject({
  refreshToken: z.string().min(1).max(256),
  tradeKey: z.string().min(22).max(128).optional(),
});
export type RefreshRequest = z.infer<typeof RefreshRequest>;

export const SetupRequest = z.strictObject({
  code: z.string().min(1).max(64),
  username: Username,
  password: Password,
});
export type SetupRequest = z.infer<typeof SetupRequest>;

/** Whether the first admin is still to be made; the code that makes him is told to the machine's own window alone. */
export const FirstRun = z.strictObject({ isNeeded: z.boolean(), code: z.string().nullable() });
export type FirstRun = z.infer<typeof FirstRun>;

export const Session = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresInS: z.int(),
  user: User,
});
export type Session = z.infer<typeof Session>;
