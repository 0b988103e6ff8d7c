import type { Session } from "#contract/identity.ts";
import { type Api, type Connection, openConnection } from "../api/connection.ts";
import type { HeadStart } from "../api/head-start.ts";
import { type Problem, problemOf } from "../api/problem.ts";
import type { Target } from "../api/target.ts";
import { forgetAlarms } from "./alarms.ts";
import { noteOffline, noteOnline, useConnection } from "./connection.ts";
import { followDuplicates, forget, keep, keepTraded, keptToken } from "./kept-sign-in.ts";
import { handAll } from "./mirror.ts";
import { subscribeToAll } from "./mirrors.ts";
import { usePreferences } from "./preferences.ts";
import { useSession } from "./session.ts";
import { NOTHING_KNOWN, useTank } from "./tank.ts";

/** A new token is fetched when this share of the old one's life is over. */
const RENEW_AT_FRACTION = 0.7;
const RETRY_SIGN_IN_MS = 2_000;
const SAME_CLOCK_MS = 250;
/** The core's close code for a connection whose sign-in ended. */
const SIGN_IN_AGAIN = 4401;

/** The page's tie to the core: connects, signs in and keeps signed in, and fills the stores. */
class CoreLink {
  #connection: Connection | null = null;
  #target: Target | null = null;
  #headStart: HeadStart | null = null;
  #access: { readonly token: string; readonly goodUntilMs: number } | null = null;
  #renewal: number | null = null;
  #retry: number | null = null;
  #unsubscribe: (() => void) | null = null;

  /** @throws Error before start() */
  get api(): Api {
    if (this.#connection === null) throw new Error("the connection is not started");
    return this.#connection.api;
  }

  /** @param headStart begun while this program was on its way */
  start(headStart: HeadStart): void {
    this.#target = headStart.target;
    this.#headStart = headStart;
    followDuplicates();
    const events = {
      token: () => this.#freshToken(),
      onOpen: () => void this.#onOpen(),
      onClose: (code: number) => this.#onClose(code),
    };
    this.#connection = openConnection(headStart, events);
  }

  /** @throws whatever the API throws: read it with problemOf */
  async signIn(credentials: { username: string; password: string; isKept: boolean }): Promise<void> {
    const { isKept, ...login } = credentials;
    const session = await this.api.auth.login.mutate(login);
    if (this.#target !== null) keep(this.#target, { token: session.refreshToken, isKept });
    await this.#take(session);
  }

  async signOut(): Promise<void> {
    const refreshToken = this.#target === null ? null : keptToken(this.#target)?.token;
    this.#leave(null);
    // The core ends the session at its expiry too, where it is not there to be told.
    if (refreshToken != null) await this.api.auth.logout.mutate({ refreshToken }).catch(() => undefined);
    await this.#findOutWhoMay();
  }

  async #onOpen(): Promise<void> {
    noteOnline();
    try {
      if (this.#freshToken() === null) await this.#resume();
      else this.#fill();
    } catch (error) {
      this.#onProblem(problemOf(error));
    }
  }

  #onClose(code: number): void {
    this.#endSubscriptions();
    this.#headStart?.end();
    // The core no longer takes the token, whatever our clock says of it.
    if (code === SIGN_IN_AGAIN) this.#access = null;
    noteOffline();
  }

  /** Tabs share a kept sign-in, and a refresh token is good once: one tab at a time trades it for the next. */
  async #resume(): Promise<void> {
    // The head start waited for no other tab, and the browser's word that ours is the one takes it as long as a frame.
    // And there are no locks on a page that came over plain HTTP from another machine.
    if (this.#headStart?.isTrading === true || navigator.locks === undefined) return this.#tradeKept();
    await navigator.locks.request("reef.refreshToken", () => this.#tradeKept());
  }

  /** With what was kept from before; else it asks who may sign in. */
  async #tradeKept(): Promise<void> {
    const kept = this.#target === null ? null : keptToken(this.#target);
    if (kept === null) return this.#findOutWhoMay();
    try {
      const trade = { refreshToken: kept.token, tradeKey: kept.tradeKey };
      const session = await this.api.auth.refresh.mutate(trade);
      if (this.#target !== null) keepTraded(this.#target, kept, session.refreshToken);
      await this.#take(session);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== "unauthenticated") throw error;
      this.#leave("expired");
      await this.#findOutWhoMay();
    }
  }

  async #findOutWhoMay(): Promise<void> {
    const { isNeeded, code } = await this.api.auth.firstRun.query();
    useSession.setState({ stage: isNeeded ? "first-run" : "signed-out", setupCode: code });
  }

  async #take(session: Session): Promise<void> {
    const lifeMs = session.expiresInS * 1_000;
    this.#access = { token: session.accessToken, goodUntilMs: Date.now() + lifeMs };
    if (this.#renewal !== null) clearTimeout(this.#renewal);
    this.#renewal = window.setTimeout(() => void this.#renew(), lifeMs * RENEW_AT_FRACTION);
    // A renewed sign-in goes on with what it has.
    if (this.#unsubscribe === null) this.#fill();
    // The tank is on its way meanwhile; it is shown as its user arranged it from the first moment on.
    await this.#readPreferences();
    this.#headStart?.end();
    useSession.setState({ stage: "signed-in", user: session.user, setupCode: null, endedBecause: null });
  }

  async #readPreferences(): Promise<void> {
    try {
      usePreferences.setState(await this.api.users.preferences.query());
    } catch (error) {
      this.#onProblem(problemOf(error));
    }
  }

  async #renew(): Promise<void> {
    // While it is offline the next connect does it.
    if (useConnection.getState().state !== "online") return;
    await this.#resume().catch((error: unknown) => this.#onProblem(problemOf(error)));
  }

  #fill(): void {
    this.#endSubscriptions();
    this.#unsubscribe = subscribeToAll(this.api, (problem) => this.#onProblem(problem));
    // What the head start has heard is shown with the first frame.
    handAll();
    void this.#readFacts();
  }

  async #readFacts(): Promise<void> {
    const askedAtMs = Date.now();
    const info = await this.api.system.info.query().catch(() => null);
    if (info === null) return;
    const tankNowMs = Date.parse(info.startedAt) + info.uptimeS * 1_000;
    useTank.setState({ info });
    const clockOffsetMs = tankNowMs - (askedAtMs + Date.now()) / 2;
    // Two clocks are no nearer to each other than the question and its answer were on their way.
    if (Math.abs(clockOffsetMs - useConnection.getState().clockOffsetMs) > SAME_CLOCK_MS)
      useConnection.setState({ clockOffsetMs });
  }

  #onProblem(problem: Problem): void {
    if (problem.code === "offline") return;
    if (problem.code === "unauthenticated") {
      this.#leave("expired");
      void this.#findOutWhoMay().catch(() => undefined);
      return;
    }
    // Something is down behind the core: the sign-in is tried again, and what is shown stays as it is.
    this.#retry ??= window.setTimeout(() => {
      this.#retry = null;
      if (useConnection.getState().state === "online") void this.#onOpen();
    }, RETRY_SIGN_IN_MS);
  }

  #leave(endedBecause: "expired" | null): void {
    this.#endSubscriptions();
    this.#access = null;
    if (this.#renewal !== null) clearTimeout(this.#renewal);
    if (this.#target !== null) forget(this.#target);
    useTank.setState(NOTHING_KNOWN);
    forgetAlarms();
    useSession.setState({ stage: "signed-out", user: null, endedBecause });
  }

  #endSubscriptions(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  #freshToken(): string | null {
    return this.#access !== null && this.#access.goodUntilMs > Date.now() ? this.#access.token : null;
  }
}

export const core = new CoreLink();
