import type { Target } from "../api/target.ts";

/** A refresh token between two visits: for this tab alone, or until the keeper signs out. */
export interface KeptSignIn {
  readonly token: string;
  /** For its one trade, from the moment it is kept: a page that never hears the answer leaves it to the next page. */
  readonly tradeKey: string;
  readonly isKept: boolean;
}

const KEY_BYTES = 16;
/** Neither a token nor a key has one. */
const BETWEEN = " ";

const keyOf = (target: Target): string =>
  `reef.refreshToken ${target.kind === "window" ? "window" : target.origin}`;

export function keptToken(target: Target): KeptSignIn | null {
  const key = keyOf(target);
  const forTab = sessionStorage.getItem(key);
  const text = forTab ?? localStorage.getItem(key);
  if (text === null) return null;
  const [token = "", knownKey] = text.split(BETWEEN);
  const tradeKey = knownKey ?? newTradeKey();
  // Asked again, it is still the same trade.
  if (knownKey === undefined)
    (forTab === null ? localStorage : sessionStorage).setItem(key, textOf({ token, tradeKey }));
  return { token, tradeKey, isKept: forTab === null };
}

/** A new sign-in, in place of whatever was kept. */
export function keep(target: Target, { token, isKept }: Pick<KeptSignIn, "token" | "isKept">): void {
  const key = keyOf(target);
  forget(target);
  (isKept ? localStorage : sessionStorage).setItem(key, textOf({ token, tradeKey: newTradeKey() }));
}

/** What a kept token was traded for. Where another tab was faster, or signed out, that counts. */
export function keepTraded(target: Target, traded: KeptSignIn, token: string): void {
  const key = keyOf(target);
  const storage = traded.isKept ? localStorage : sessionStorage;
  const was = textOf(traded);
  if (storage.getItem(key) !== was) return;
  const now = textOf({ token, tradeKey: newTradeKey() });
  storage.setItem(key, now);
  if (!traded.isKept) duplicates?.postMessage({ key, was, now } satisfies Traded);
}

interface Traded {
  readonly key: string;
  readonly was: string;
  readonly now: string;
}

let duplicates: BroadcastChannel | null = null;

/** A tab that is duplicated has a copy of its own of what was kept for the tab alone: what one trades, all go on with. */
export function followDuplicates(): void {
  duplicates ??= new BroadcastChannel("reef.traded");
  duplicates.onmessage = ({ data }: MessageEvent<Traded>) => {
    if (sessionStorage.getItem(data.key) === data.was) sessionStorage.setItem(data.key, data.now);
  };
}

export function forget(target: Target): void {
  localStorage.removeItem(keyOf(target));
  sessionStorage.removeItem(keyOf(target));
}

function textOf({ token, tradeKey }: Omit<KeptSignIn, "isKept">): string {
  return `${token}${BETWEEN}${tradeKey}`;
}

function newTradeKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
