import { Lock, LockOpen } from "lucide-react";
import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useKiosk } from "../../stores/kiosk.ts";
import { askForPin, lockByPin, usePinLock } from "../../stores/pin-lock.ts";
import { useMay, useSession } from "../../stores/session.ts";
import styles from "./lock-button.module.css";

/** Says whether the kiosk is locked; pressed, it asks for the PIN, or locks at once. */
export function LockButton(): JSX.Element | null {
  const { t } = useTranslation("kiosk");
  const isKiosk = useKiosk((k) => k.isKiosk);
  const hasPin = useSession((s) => s.user?.hasPin ?? false);
  const mayAct = useMay("operator");
  const isLocked = usePinLock((p) => p.isLocked);
  if (!isKiosk || !hasPin || !mayAct) return null;
  return (
    <button
      type="button"
      className={styles["lock"]}
      data-locked={isLocked || undefined}
      aria-label={isLocked ? t("lock.unlock") : t("lock.lock")}
      onClick={isLocked ? askForPin : lockByPin}
    >
      {isLocked ? <Lock aria-hidden="true" /> : <LockOpen aria-hidden="true" />}
      {isLocked ? t("lock.isLocked") : t("lock.isOpen")}
    </button>
  );
}
