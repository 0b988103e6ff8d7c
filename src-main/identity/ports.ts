import type { FaultDetail } from "#contract/errors.ts";
import type {
  LoginRequest,
  PinChange,
  RefreshRequest,
  SelfPatch,
  Session,
  SetupRequest,
  User,
  UserCreate,
  UserPatch,
  UserRole,
} from "#contract/identity.ts";
import type { UserId } from "#contract/ids.ts";
import type { Preferences, PreferencesPatch } from "#contract/preferences.ts";
import type { Cancel } from "../platform/ports.ts";

/** Who is asking. */
export interface Principal {
  readonly userId: UserId;
  readonly username: string;
  readonly role: UserRole;
  /** When the token that proves it ends, epoch ms. */
  readonly expiresAtMs: number;
  /** The refresh-token family the access token was born in; revoking the family ends it. */
  readonly familyId: string;
}

export interface IdentityService {
  /** True until the first admin exists. */
  needsSetup(): boolean;
  /** The one-time code that makes the first admin; null once a user exists, or while nobody knows whether one does. */
  setupCode(): string | null;
  /** @throws ReefFault unauthenticated (wrong or used code, or a user exists), invalid */
  setup(request: SetupRequest): Promise<User>;
  /** @param address the caller's network address, for throttling @throws ReefFault unauthenticated, too-many-requests */
  login(request: LoginRequest, address: string): Promise<Session>;
  /** Rotates; an old one ends its whole family. @throws ReefFault unauthenticated */
  refresh(request: RefreshRequest): Promise<Session>;
  /** Ends the family of this refresh token; unknown ones are ignored. */
  logout(refreshToken: string): Promise<void>;
  /** Checks signature, expiry, revocation and that the user still exists; the role is the user's of now. @throws ReefFault unauthenticated */
  authenticate(accessToken: string): Promise<Principal>;
  /** True while the principal's token is neither expired nor revoked: asked again by long-lived sockets. */
  isStillValid(principal: Principal): boolean;
  /** Who this principal is by now, with the role of now; null once the token is expired or revoked. */
  principalNow(principal: Principal): Principal | null;
  /** Ends the family this principal signed in with. */
  endSession(principal: Principal): Promise<void>;
  listUsers(): Promise<readonly User[]>;
  /** @throws ReefFault not-found */
  getUser(id: string): Promise<User>;
  /** @throws ReefFault conflict (username taken) */
  createUser(request: UserCreate): Promise<User>;
  /** @throws ReefFault not-found, conflict (taken; the last admin) */
  updateUser(id: string, patch: UserPatch): Promise<User>;
  /** @throws ReefFault not-found, conflict (the last admin) */
  deleteUser(id: string): Promise<void>;
  /** @throws ReefFault invalid (wrong current password), conflict */
  updateSelf(principal: Principal, patch: SelfPatch): Promise<User>;
  /** @throws ReefFault invalid (wrong current password), too-many-requests, database-away */
  setPin(principal: Principal, change: PinChange): Promise<User>;
  /** Resolves where it is his. @throws ReefFault forbidden (wrong, or none is set), too-many-requests after 5 wrong ones a minute */
  verifyPin(principal: Principal, pin: string): Promise<void>;
}

export interface PreferencesChange {
  readonly userId: UserId;
  readonly preferences: Preferences;
}

/** How each user wants to see things. */
export interface PreferencesService {
  /** The last that is known, also while the database is away; the defaults where nothing was ever set. */
  get(userId: UserId): Promise<Preferences>;
  /** The last that is known at this moment, without asking anybody. */
  known(userId: UserId): Preferences;
  /** Told of whose preferences changed, and what they are now. */
  onChange(listener: (change: PreferencesChange) => void): Cancel;
  /** @throws ReefFault database-away: nothing was changed */
  update(userId: UserId, patch: PreferencesPatch): Promise<Preferences>;
}

/** A user as kept. */
export interface StoredUser extends Omit<User, "hasPin"> {
  readonly passwordHash: string;
  /** null: he has no PIN. */
  readonly pinHash: string | null;
}

/** User accounts, durable. @throws ReefFault database-away */
export interface UserStore {
  load(): Promise<readonly StoredUser[]>;
  insert(user: StoredUser): Promise<void>;
  update(user: StoredUser): Promise<void>;
  remove(id: UserId): Promise<void>;
}

/** One user's preferences as kept; what stands in them is judged by who reads them. */
export interface StoredPreferences {
  readonly userId: UserId;
  readonly document: unknown;
}

/** Preferences, durable; they go with their user. @throws ReefFault database-away */
export interface PreferenceStore {
  load(): Promise<readonly StoredPreferences[]>;
  /** @throws ReefFault not-found where there is no such user */
  save(userId: UserId, document: Preferences): Promise<void>;
}

/** One refresh token of a family; only its SHA-256 is kept. */
export interface StoredRefreshToken {
  readonly tokenHash: string;
  readonly familyId: string;
  readonly userId: UserId;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly isUsed: boolean;
}

/** Sessions and secrets: in the local store, so that a keeper stays signed in while Postgres is away. */
export interface SessionStore {
  loadTokens(): Promise<readonly StoredRefreshToken[]>;
  putToken(token: StoredRefreshToken): Promise<void>;
  /** The old one is used and the next one there, or neither: in one transaction. */
  tradeToken(usedHash: string, next: StoredRefreshToken): Promise<void>;
  removeFamily(familyId: string): Promise<void>;
  removeUser(userId: UserId): Promise<void>;
  removeExpired(nowMs: number): Promise<void>;
}

/** Named secrets of the program (token signing key). */
export interface SecretStore {
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
  /** One that is not there stays so. */
  remove(name: string): Promise<void>;
}

export type { FaultDetail };
