import { isDeepStrictEqual } from "node:util";
import { DEFAULT_PREFERENCES } from "#contract/default-preferences.ts";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { UserId } from "#contract/ids.ts";
import { Preferences, type PreferencesPatch } from "#contract/preferences.ts";
import type { Cancel, Logger } from "../platform/ports.ts";
import type { PreferenceStore, PreferencesChange, PreferencesService, StoredPreferences } from "./ports.ts";

interface UserPreferencesParts {
  readonly store: PreferenceStore;
  readonly log: Logger;
  /** As they were when the program last ran: what is shown while Postgres is away. */
  readonly cached?: readonly StoredPreferences[] | null;
  /** Called with all of them after each change; keep them where the next start finds them without Postgres. */
  readonly onChange?: (all: readonly StoredPreferences[]) => void;
}

/** Every user's preferences, in memory; the store is written first and memory follows it. One change at a time. */
export class UserPreferences implements PreferencesService {
  readonly #parts: UserPreferencesParts;
  #known: ReadonlyMap<UserId, Preferences>;
  readonly #listeners = new Set<(change: PreferencesChange) => void>();
  #isLoaded = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: UserPreferencesParts) {
    this.#parts = parts;
    this.#known = this.#readable(parts.cached ?? []);
  }

  /** Reads the store. @throws ReefFault database-away: what is known stays */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#load());
  }

  async get(userId: UserId): Promise<Preferences> {
    const isUnknown = !this.#isLoaded && this.#parts.cached == null;
    if (isUnknown) await this.reload().catch((error: unknown) => this.#noteAway(error));
    return this.known(userId);
  }

  known(userId: UserId): Preferences {
    return this.#known.get(userId) ?? DEFAULT_PREFERENCES;
  }

  onChange(listener: (change: PreferencesChange) => void): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  update(userId: UserId, patch: PreferencesPatch): Promise<Preferences> {
    return this.#inTurn(async () => {
      // What the cache says may be older than what is kept.
      if (!this.#isLoaded) await this.#load();
      const next = patched(this.known(userId), patch);
      await this.#parts.store.save(userId, next);
      this.#become(new Map([...this.#known, [userId, next]]));
      return next;
    });
  }

  async #load(): Promise<void> {
    const stored = await this.#parts.store.load();
    this.#isLoaded = true;
    this.#become(this.#readable(stored));
  }

  #become(known: ReadonlyMap<UserId, Preferences>): void {
    const before = this.#known;
    this.#known = known;
    for (const [userId, preferences] of known) {
      if (isDeepStrictEqual(preferences, before.get(userId))) continue;
      for (const listener of this.#listeners) listener({ userId, preferences });
    }
    this.#parts.onChange?.([...known].map(([userId, document]) => ({ userId, document })));
  }

  /** A document that does not fit costs one user his preferences, and nobody the program. */
  #readable(stored: readonly StoredPreferences[]): ReadonlyMap<UserId, Preferences> {
    const readable = stored.flatMap(({ userId, document }) => {
      const { data } = Preferences.safeParse(document);
      if (data !== undefined) return [[userId, data] as const];
      this.#parts.log.warn({ userId }, "a user's preferences cannot be read; the defaults stand in");
      return [];
    });
    return new Map(readable);
  }

  #noteAway(error: unknown): void {
    if (!(error instanceof ReefFault)) throw error;
    this.#parts.log.debug({ reason: messageOf(error) }, "preferences are shown as last known");
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function patched(before: Preferences, { dashboard, ...rest }: PreferencesPatch): Preferences {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return Preferences.parse({ ...before, ...given, dashboard: { ...before.dashboard, ...dashboard } });
}
