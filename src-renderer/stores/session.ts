import { create } from "zustand";
import type { User } from "#contract/identity.ts";
import { isAtLeast, type UserRole } from "#contract/roles.ts";

export interface SessionState {
  /** `unknown`: not yet asked; `first-run`: nobody exists who could sign in. */
  readonly stage: "unknown" | "first-run" | "signed-out" | "signed-in";
  readonly user: User | null;
  /** The setup code, where the window may know it without being told. */
  readonly setupCode: string | null;
  /** Why a sign-in ended that nobody ended here; null otherwise. */
  readonly endedBecause: "expired" | null;
}

export const useSession = create<SessionState>(() => ({
  stage: "unknown",
  user: null,
  setupCode: null,
  endedBecause: null,
}));

/** Whether who is signed in may do what needs this role. */
export function useMay(role: UserRole): boolean {
  return useSession((s) => s.user !== null && isAtLeast(s.user.role, role));
}
