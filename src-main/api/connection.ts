import type { TRPCError } from "@trpc/server";
import { messageOf, ReefFault } from "#contract/errors.ts";
import type { Principal } from "../identity/ports.ts";
import type { Cancel, Logger } from "../platform/ports.ts";
import { every } from "../platform/timing.ts";
import type { ApiContext, ApiServices } from "./context.ts";
import { problemFrom, trpcErrorFrom } from "./problems.ts";
import { SignInTurn } from "./sign-in-turn.ts";

/** A token's end is noticed within this, well inside the promised 60 s. */
const CHECK_EVERY_MS = 10_000;
/** Our close code for a connection whose user is signed in no more. */
export const UNAUTHENTICATED = 4401;
/** Calls of one message; what is more is refused. */
export const MAX_BATCH = 100;

/** One caller's line, as its door sees it: a socket over the network, a pipe to a window. */
export interface CallerLine {
  /** The caller's network address; `ipc` for the window, which is the only one that is told the first-run code. */
  readonly address: string;
  /** Resolves when the caller can take more of a stream, or when `signal` aborts. */
  whenWritable(signal: AbortSignal): Promise<void>;
  /** Ends the line from our side. Called with 4401 when its user is signed in no more. */
  close(code: number, reason: string): void;
}

/** Who calls over one line, from its first message to its end. */
export interface Session {
  /** null: nobody signed in (yet). */
  readonly principal: Principal | null;
  /**
   * The context of every call on this line; tRPC asks for it once, when the first message has brought the parameters.
   * @param connectionParams `{ token }` signs in; without one only what is public may be called, until `auth.login`
   * @throws TRPCError UNAUTHORIZED for a token that does not count: the line was closed with 4401
   */
  contextFrom(connectionParams: Readonly<Record<string, string | undefined>> | null): Promise<ApiContext>;
  /** The line is gone: nothing is watched any more. */
  end(): void;
}

/**
 * Begins a session on a line. The line is closed with 4401 within 10 s of its token's expiry or revocation, unless it
 * signed in again. Whoever opens one calls `end()` when the line is gone.
 */
export function openSession(services: ApiServices, line: CallerLine): Session {
  return new LineSession(services, line);
}

class LineSession implements Session {
  readonly #services: ApiServices;
  readonly #line: CallerLine;
  readonly #cancelCheck: Cancel;
  readonly #signIns = new SignInTurn();
  #principal: Principal | null = null;

  constructor(services: ApiServices, line: CallerLine) {
    this.#services = services;
    this.#line = line;
    this.#cancelCheck = every(services.clock, CHECK_EVERY_MS, () => this.#check());
  }

  get principal(): Principal | null {
    return this.#principal;
  }

  async contextFrom(connectionParams: Readonly<Record<string, string | undefined>> | null): Promise<ApiContext> {
    const token = connectionParams?.["token"];
    try {
      if (token !== undefined) await this.#signIn(token);
    } catch (error) {
      this.#line.close(UNAUTHENTICATED, "sign in again");
      throw error instanceof ReefFault ? trpcErrorFrom(error) : error;
    }
    const principal = () => this.#principal;
    return {
      ...this.#services,
      get principal() {
        return principal();
      },
      address: this.#line.address,
      whenWritable: (signal) => this.#line.whenWritable(signal),
      onSignedIn: (accessToken) => this.#signIn(accessToken),
      signIns: this.#signIns,
    };
  }

  end(): void {
    this.#cancelCheck();
  }

  async #signIn(accessToken: string): Promise<void> {
    this.#principal = await this.#services.identity.authenticate(accessToken);
  }

  #check(): void {
    if (this.#principal === null || this.#services.identity.isStillValid(this.#principal)) return;
    this.#line.close(UNAUTHENTICATED, "sign in again");
  }
}

/** What a door tells the log of a call that failed: our bugs, and nothing that the caller or the network did. */
export function noteFailure(log: Logger, error: TRPCError, path: string | undefined): void {
  if (problemFrom(error).code !== "internal") return;
  const { cause } = error;
  if (isOfTheWire(cause)) log.debug({ reason: messageOf(cause) }, "a connection failed");
  else log.error({ error: cause ?? error, procedure: path }, "a call failed by a bug of ours");
}

/** A broken frame or a lost connection. */
function isOfTheWire(cause: Error | undefined): boolean {
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && (code.startsWith("WS_ERR_") || code.startsWith("E"));
}
