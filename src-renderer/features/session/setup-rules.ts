import { Password, Username } from "#contract/identity.ts";

/** What does not fit yet about the first admin; null: it fits, or nothing was typed. */
export interface SetupFlaws {
  readonly code: "missing" | null;
  readonly username: "missing" | "unfit" | null;
  readonly password: "missing" | "short" | "long" | null;
}

export interface SetupDraft {
  readonly code: string;
  readonly username: string;
  readonly password: string;
}

/** The same rules as the core's, so that nobody has to ask it. */
export function flawsOf({ code, username, password }: SetupDraft): SetupFlaws {
  return {
    code: code.trim() === "" ? "missing" : null,
    username: usernameFlaw(username),
    password: passwordFlaw(password),
  };
}

export function isComplete(flaws: SetupFlaws): boolean {
  return flaws.code === null && flaws.username === null && flaws.password === null;
}

function usernameFlaw(username: string): SetupFlaws["username"] {
  if (username === "") return "missing";
  return Username.safeParse(username).success ? null : "unfit";
}

function passwordFlaw(password: string): SetupFlaws["password"] {
  if (password === "") return "missing";
  if (Password.safeParse(password).success) return null;
  return password.length < (Password.minLength ?? 0) ? "short" : "long";
}
