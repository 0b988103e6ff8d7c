import type { Target } from "../api/target.ts";

/** A refresh token between two visits: for this tab alone, or until the keeper signs out. */
export interface KeptSignIn {
  readonly token: string;
  readonly isKept: boolean;
}

const keyOf = (target: Target): string =>
  `reef.refreshToken ${target.kind === "window" ? "window" : target.origin}`;

export function keptToken(target: Target): KeptSignIn | null {
  const key = keyOf(target);
  const forTab = sessionStorage.getItem(key);
  if (forTab !== null) return { token: forTab, isKept: false };
  const forLong = localStorage.getItem(key);
  return forLong === null ? null : { token: forLong, isKept: true };
}

export function keep(target: Target, { token, isKept }: KeptSignIn): void {
  forget(target);
  (isKept ? localStorage : sessionStorage).setItem(keyOf(target), token);
}

export function forget(target: Target): void {
  localStorage.removeItem(keyOf(target));
  sessionStorage.removeItem(keyOf(target));
}
