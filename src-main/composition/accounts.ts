import { z } from "zod";
import { User } from "#contract/identity.ts";
import { type ControllerId, UserId } from "#contract/ids.ts";
import { Identity } from "../identity/identity.ts";
import type { SecretStore, SessionStore, StoredPreferences, StoredUser } from "../identity/ports.ts";
import { UserPreferences } from "../identity/user-preferences.ts";
import type { JsonLogger } from "../platform/logger.ts";
import type { Clock } from "../platform/ports.ts";
import type { Settings } from "../settings/environment.ts";
import type { Database } from "../storage/database.ts";
import { PgPreferenceStore } from "../storage/repositories/preferences.ts";
import { PgUserStore } from "../storage/repositories/users.ts";
import { KeptCopy } from "./kept-copy.ts";

const KeptUsers: z.ZodType<readonly StoredUser[]> = z.array(
  User.omit({ hasPin: true }).extend({
    passwordHash: z.string(),
    // A copy of before there were PINs has none.
    pinHash: z.string().nullable().default(null),
  }),
);
const KeptPreferences: z.ZodType<readonly StoredPreferences[]> = z.array(
  z.object({ userId: UserId, document: z.unknown() }),
);

interface AccountsDeps {
  readonly settings: Settings;
  readonly database: Database;
  readonly controllerId: ControllerId;
  readonly secrets: SecretStore;
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly log: JsonLogger;
}

/** The people of this controller: who may come in, and how each wants to see things. */
export interface Accounts {
  readonly identity: Identity;
  readonly preferences: UserPreferences;
  /** Loads what sign-in needs, and makes the first admin where the settings name one. */
  start(): Promise<void>;
  /** Postgres answers again: what it says of users and preferences counts. */
  databaseIsBack(): void;
}

/** Builds them on what the local store remembers. Nothing is asked of Postgres before `start`. */
export async function openAccounts(deps: AccountsDeps): Promise<Accounts> {
  const { settings, database, controllerId, secrets, sessions, clock } = deps;
  const log = deps.log.named("identity");
  const userCopy = new KeptCopy({ secrets, log, name: "users", schema: KeptUsers });
  const preferenceCopy = new KeptCopy({ secrets, log, name: "preferences", schema: KeptPreferences });
  let announced: string | null = null;
  const announceSetup = () => {
    const code = identity.setupCode();
    if (settings.firstAdmin !== null || code === null || code === announced) return;
    announced = code;
    deps.log.warn({}, `No user exists yet; the one-time setup code for the first admin is ${code}`);
  };
  const [cachedUsers, cachedPreferences] = await Promise.all([userCopy.load(), preferenceCopy.load()]);
  const identity: Identity = new Identity({
    users: new PgUserStore(database, controllerId),
    sessions,
    secrets,
    cachedUsers,
    onUsersChanged: (all) => {
      userCopy.save(all);
      // The setup code is made just after this call.
      setImmediate(announceSetup);
    },
    clock,
    log,
  });
  const preferences = new UserPreferences({
    store: new PgPreferenceStore(database, controllerId),
    cached: cachedPreferences,
    onChange: (all) => preferenceCopy.save(all),
    log,
  });
  const start = async () => {
    await identity.start();
    const { firstAdmin } = settings;
    if (firstAdmin !== null) await identity.ensureFirstAdmin(firstAdmin.username, firstAdmin.password);
    announceSetup();
  };
  const databaseIsBack = () => {
    for (const part of [identity, preferences]) {
      part
        .reload()
        .catch((error: unknown) => deps.log.warn({ error }, "the users could not be read; trying again"));
    }
  };
  return { identity, preferences, start, databaseIsBack };
}
