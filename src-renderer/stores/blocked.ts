import { isAtLeast, type UserRole } from "#contract/roles.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import { useConnection } from "./connection.ts";
import { usePinLock } from "./pin-lock.ts";
import { useSession } from "./session.ts";

/**
 * Why whoever looks at this page cannot do what needs this role now, in one sentence; null: he can.
 * @param isLockable false for the emergency stop alone: stopping is the safe direction, and waits for no PIN
 */
export function useBlocked(needed: UserRole, isLockable = true): string | null {
  const { t } = useTranslation();
  const isOnline = useConnection((c) => c.state === "online");
  const role = useSession((s) => s.user?.role ?? null);
  const isLocked = usePinLock((p) => p.isLocked);
  if (!isOnline) return t("blocked.offline");
  if (role === null || !isAtLeast(role, needed))
    return needed === "admin" ? t("blocked.admin") : t("blocked.operator");
  return isLocked && isLockable && needed !== "viewer" ? t("blocked.locked") : null;
}
