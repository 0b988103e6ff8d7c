import { messageOf, ReefFault } from "#contract/errors.ts";
import {
  type LoginRequest,
  Password,
  type PinChange,
  type RefreshRequest,
  type SelfPatch,
  type Session,
  type SetupRequest,
  type User,
  type UserCreate,
  Username,
  type UserPatch,
} from "#contract/identity.ts";
import type { Cancel, Clock, Logger } from "../platform/ports.ts";
import { after, every } from "../platform/timing.ts";
import { ACCESS_TOKEN_S, AccessTokens } from "./access-tokens.ts";
import { LoginThrottle } from "./login-throttle.ts";
import { Passwords } from "./passwords.ts";
import type { IdentityService, Principal, SecretStore, SessionStore, StoredUser, UserStore } from "./ports.ts";
import { type IssuedToken, RefreshTokens } from "./refresh-tokens.ts";
import { isSetupCode, newSetupCode } from "./setup-code.ts";
import { UserDirectory } from "./user-directory.ts";

const RELOAD_AFTER_MS = 5_000;
const DROP_EXPIRED_EVERY_MS = 3_600_000;
/** A PIN of 4 digits then takes some 17 hours of trying on average, and every wrong one is in the log. */
const MAX_WRONG_PINS = 5;

interface IdentityParts {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Logger;
  /** Users as they were when the program last ran: who may sign in while Postgres is away. */
  readonly cachedUsers?: readonly StoredUser[] | null;
  /** Called with every user after each change; keep them where the next start finds them without Postgres. */
  readonly onUsersChanged?: (users: readonly StoredUser[]) => void;
}

/** Who may come in, and as what: users, passwords, sessions. */
export class Identity implements IdentityService {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #directory: UserDirectory;
  readonly #access: AccessTokens;
  readonly #refresh: RefreshTokens;
  readonly #throttle: LoginThrottle;
  readonly #pinThrottle: LoginThrottle;
  readonly #passwords = new Passwords();
  #setupCode: string | null = null;
  #wantedAdmin: { readonly username: string; readonly password: string } | null = null;
  #isStopped = false;
  #cancelReload: Cancel = () => {};
  #cancelDropping: Cancel = () => {};

  constructor(parts: IdentityParts) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#directory = new UserDirectory({
      clock: parts.clock,
      store: parts.users,
      cachedUsers: parts.cachedUsers ?? null,
      onChange: parts.onUsersChanged ?? (() => {}),
    });
    this.#access = new AccessTokens(parts.clock, parts.secrets);
    this.#refresh = new RefreshTokens(parts.clock, parts.sessions, parts.log);
    this.#throttle = new LoginThrottle(parts.clock);
    this.#pinThrottle = new LoginThrottle(parts.clock, { maxFailures: MAX_WRONG_PINS, what: "wrong PINs" });
  }

  /** Loads keys, sessions and users. Users that cannot be loaded now are asked for again every 5 s; the cached ones serve meanwhile. */
  async start(): Promise<void> {
    await this.#access.start();
    await this.#refresh.start();
    await this.#loadOrRetry();
    this.#cancelDropping = every(this.#clock, DROP_EXPIRED_EVERY_MS, () => {
      this.#refresh
        .dropExpired()
        .catch((error: unknown) => this.#log.warn({ error }, "expired sessions were not dropped"));
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelReload();
    this.#cancelDropping();
  }

  /** Reads the users again. @throws ReefFault database-away */
  async reload(): Promise<void> {
    await this.#directory.load();
    this.#cancelReload();
    if (this.#wantedAdmin !== null) await this.#addFirstAdmin(this.#wantedAdmin);
    if (this.needsSetup()) this.#setupCode ??= newSetupCode();
  }

  /**
   * Makes the first admin where there is no user at all; while the users are not known, as soon as they are.
   * @throws ReefFault bad-setting where name or password does not fit the rules
   */
  async ensureFirstAdmin(username: string, password: string): Promise<void> {
    const name = Username.safeParse(username);
    if (!name.success) throw badSetting("REEF_ADMIN_USERNAME", "must be 2 to 64 letters, digits, . _ @ -");
    if (!Password.safeParse(password).success)
      throw badSetting("REEF_ADMIN_PASSWORD", "must have 10 to 256 characters");
    this.#wantedAdmin = { username, password };
    if (this.#directory.isKnown()) await this.#addFirstAdmin(this.#wantedAdmin);
  }

  setupCode(): string | null {
    return this.needsSetup() ? this.#setupCode : null;
  }

  needsSetup(): boolean {
    return this.#directory.isKnown() && this.#directory.all().length === 0;
  }

  async setup(request: SetupRequest): Promise<User> {
    if (this.#directory.all().length > 0) throw setupRefused();
    const code = this.#setupCode;
    if (code === null || !isSetupCode(code, request.code)) throw setupRefused();
    const passwordHash = await this.#passwords.hash(request.password);
    if (this.#setupCode !== code) throw setupRefused();
    const admin = { username: request.username, role: "admin", passwordHash } as const;
    const user = await this.#directory.add(admin, true).catch((error: unknown) => {
      throw error instanceof ReefFault && error.code === "conflict" ? setupRefused() : error;
    });
    this.#setupCode = null;
    this.#log.info({ userId: user.id }, "the first admin was made with the setup code");
    return shown(user);
  }

  async login(request: LoginRequest, address: string): Promise<Session> {
    const user = this.#directory.findByName(request.username);
    const attempt = this.#throttle.begin(address);
    const isRight = await this.#passwords.verify(user?.passwordHash ?? null, request.password);
    const now = user === null ? null : this.#directory.find(user.id);
    if (!isRight || now === null || now.passwordHash !== user?.passwordHash) {
      this.#log.warn({ address }, "a sign-in failed");
      throw new ReefFault("unauthenticated", "Username or password is wrong");
    }
    attempt.succeeded();
    return this.#sessionFrom(await this.#refresh.issue(now.id));
  }

  async refresh({ refreshToken, tradeKey }: RefreshRequest): Promise<Session> {
    return this.#sessionFrom(await this.#refresh.rotate(refreshToken, tradeKey));
  }

  async logout(refreshToken: string): Promise<void> {
    const familyId = this.#refresh.familyOf(refreshToken);
    if (familyId !== null) await this.#refresh.endFamily(familyId);
  }

  async endSession(principal: Principal): Promise<void> {
    await this.#refresh.endFamily(principal.familyId);
  }

  async authenticate(accessToken: string): Promise<Principal> {
    const claims = await this.#access.verify(accessToken);
    const user = this.#directory.find(claims.userId);
    if (user === null || !this.#refresh.isAlive(claims.familyId)) {
      throw new ReefFault("unauthenticated", "This session has ended; sign in again");
    }
    return { ...claims, username: user.username, role: user.role };
  }

  isStillValid(principal: Principal): boolean {
    return this.principalNow(principal) !== null;
  }

  principalNow(principal: Principal): Principal | null {
    const user = this.#directory.find(principal.userId);
    const isValid = principal.expiresAtMs > this.#clock.nowMs() && this.#refresh.isAlive(principal.familyId);
    return user !== null && isValid ? { ...principal, username: user.username, role: user.role } : null;
  }

  async listUsers(): Promise<readonly User[]> {
    return this.#directory.all().map(shown);
  }

  async getUser(id: string): Promise<User> {
    return shown(this.#directory.get(id));
  }

  async createUser(request: UserCreate): Promise<User> {
    const { username, role } = request;
    const passwordHash = await this.#passwords.hash(request.password);
    return shown(await this.#directory.add({ username, role, passwordHash }));
  }

  async updateUser(id: string, patch: UserPatch): Promise<User> {
    this.#directory.get(id);
    const passwordHash = patch.password === undefined ? undefined : await this.#passwords.hash(patch.password);
    const user = await this.#directory.change(id, { username: patch.username, role: patch.role, passwordHash });
    if (passwordHash !== undefined) await this.#refresh.endUser(user.id);
    return shown(user);
  }

  async deleteUser(id: string): Promise<void> {
    const user = await this.#directory.remove(id);
    await this.#refresh.endUser(user.id);
  }

  async updateSelf(principal: Principal, patch: SelfPatch): Promise<User> {
    const user = this.#directory.get(principal.userId);
    if (patch.password === undefined)
      return shown(await this.#directory.change(user.id, { username: patch.username }));
    await this.#assertCurrentPassword(user, patch.currentPassword ?? "");
    const passwordHash = await this.#passwords.hash(patch.password);
    const changed = await this.#directory.change(user.id, { username: patch.username, passwordHash });
    await this.#refresh.endUser(user.id, principal.familyId);
    return shown(changed);
  }

  async setPin(principal: Principal, { pin, currentPassword }: PinChange): Promise<User> {
    const user = this.#directory.get(principal.userId);
    await this.#assertCurrentPassword(user, currentPassword);
    const pinHash = pin === null ? null : await this.#passwords.hash(pin);
    return shown(await this.#directory.change(user.id, { pinHash }));
  }

  async verifyPin(principal: Principal, pin: string): Promise<void> {
    const { id, pinHash } = this.#directory.get(principal.userId);
    if (pinHash === null) throw new ReefFault("forbidden", "No PIN is set; set one in your settings first");
    const attempt = this.#pinThrottle.begin(`user:${id}`);
    if (!(await this.#passwords.verify(pinHash, pin))) {
      this.#log.warn({ userId: id }, "a PIN was wrong");
      throw new ReefFault("forbidden", "The PIN is wrong");
    }
    attempt.succeeded();
  }

  async #assertCurrentPassword(user: StoredUser, password: string): Promise<void> {
    const attempt = this.#throttle.begin(`user:${user.id}`);
    if (!(await this.#passwords.verify(user.passwordHash, password))) {
      const message = "The current password is wrong";
      throw new ReefFault("invalid", message, { details: [{ field: "currentPassword", message: "is wrong" }] });
    }
    attempt.succeeded();
  }

  async #sessionFrom(issued: IssuedToken): Promise<Session> {
    const user = this.#directory.find(issued.userId);
    if (user === null) {
      await this.#refresh.endFamily(issued.familyId);
      throw new ReefFault("unauthenticated", "This user is no more; sign in as another");
    }
    const accessToken = await this.#access.sign(user.id, issued.familyId);
    return { accessToken, refreshToken: issued.refreshToken, expiresInS: ACCESS_TOKEN_S, user: shown(user) };
  }

  async #loadOrRetry(): Promise<void> {
    try {
      await this.reload();
    } catch (error) {
      if (this.#isStopped) return;
      this.#log.warn({ reason: messageOf(error) }, "the users could not be loaded; asking again in 5 s");
      this.#cancelReload();
      this.#cancelReload = after(this.#clock, RELOAD_AFTER_MS, () => void this.#loadOrRetry());
    }
  }

  async #addFirstAdmin(wanted: { readonly username: string; readonly password: string }): Promise<void> {
    if (this.#directory.all().length === 0) {
      const passwordHash = await this.#passwords.hash(wanted.password);
      const user = await this.#directory.add({ username: wanted.username, role: "admin", passwordHash }, true);
      this.#setupCode = null;
      this.#log.info({ userId: user.id }, "the first admin was made from the settings");
    }
    this.#wantedAdmin = null;
  }
}

function shown({ id, username, role, createdAt, pinHash }: StoredUser): User {
  return { id, username, role, createdAt, hasPin: pinHash !== null };
}

function setupRefused(): ReefFault {
  return new ReefFault(
    "unauthenticated",
    "The setup code is wrong, or the first admin exists already; sign in instead",
  );
}

function badSetting(variable: string, rule: string): ReefFault {
  return new ReefFault("bad-setting", `${variable} ${rule}`);
}
