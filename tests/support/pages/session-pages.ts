import type { Locator } from "playwright-core";
import { ADMIN } from "../headless-host.ts";
import { seen, type Visitor } from "./visitor.ts";

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** What stands before the tank. */
export class SessionPages {
  readonly #visitor: Visitor;

  constructor(visitor: Visitor) {
    this.#visitor = visitor;
  }

  get welcome(): Locator {
    return this.#visitor.page.getByRole("heading", { name: "Who will keep this tank?" });
  }

  get signInTitle(): Locator {
    return this.#visitor.page.getByRole("heading", { name: "Sign in" });
  }

  /** Makes the first admin. @param code null: the window fills it in */
  async firstRun(code: string | null, { username, password }: Credentials = ADMIN): Promise<void> {
    const { page, hand } = this.#visitor;
    await seen(this.welcome);
    if (code !== null) await hand.type(page.getByLabel("Setup code"), code);
    await this.#identify({ username, password });
    await hand.press(page.getByRole("button", { name: "Create the admin and sign in" }));
  }

  async signIn(credentials: Credentials = ADMIN): Promise<void> {
    const { page, hand } = this.#visitor;
    await seen(this.signInTitle);
    await this.#identify(credentials);
    await hand.press(page.getByRole("button", { name: "Sign in" }));
  }

  async #identify({ username, password }: Credentials): Promise<void> {
    const { page, hand } = this.#visitor;
    await hand.type(page.getByLabel("Username"), username);
    await hand.type(page.getByLabel("Password", { exact: true }), password);
  }
}
