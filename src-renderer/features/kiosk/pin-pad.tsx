import { Check, Delete } from "lucide-react";
import { type JSX, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { type Problem, problemOf } from "../../api/problem.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { closePinPad, unlock, usePinLock } from "../../stores/pin-lock.ts";
import { digitsAfter, PIN_MAX_DIGITS, PIN_MIN_DIGITS } from "./pin-entry.ts";
import styles from "./pin-pad.module.css";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** Asks for the PIN where something is locked and somebody wants to act. */
export function PinPad(): JSX.Element {
  const { t } = useTranslation("kiosk");
  const isAsked = usePinLock((p) => p.isAsked);
  return (
    <Dialog title={t("pin.title")} isOpen={isAsked} onClose={closePinPad}>
      <Pad />
    </Dialog>
  );
}

function Pad(): JSX.Element {
  const { t } = useTranslation(["kiosk", "common"]);
  const isOnline = useConnection((c) => c.state === "online");
  const pad = useRef<HTMLDivElement>(null);
  const [digits, setDigits] = useState("");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const word = useWord(problem, isPending);
  const isReady = digits.length >= PIN_MIN_DIGITS && !isPending && isOnline;

  useEffect(() => pad.current?.focus(), []);

  const verify = async (pin: string): Promise<void> => {
    setPending(true);
    try {
      await core.api.auth.verifyPin.mutate({ pin });
      unlock();
    } catch (error) {
      setProblem(problemOf(error));
      setDigits("");
      setPending(false);
    }
  };
  const take = (key: string): void => {
    if (isPending) return;
    if (key === "Enter") {
      if (isReady) void verify(digits);
      return;
    }
    const next = digitsAfter(digits, key);
    if (next === digits) return;
    setProblem(null);
    setDigits(next);
    if (next.length === PIN_MAX_DIGITS && isOnline) void verify(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // On a key of the pad, Enter presses that key.
    if (event.key === "Enter" && event.target instanceof HTMLButtonElement) return;
    take(event.key);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a keyboard's digits count wherever the focus is in the pad
    <div ref={pad} tabIndex={-1} className={styles["pad"]} onKeyDown={onKeyDown}>
      <div className={styles["said"]}>
        <Dots count={digits.length} />
        <p className={styles["word"]} role="status" data-wrong={problem !== null || undefined}>
          {word}
        </p>
        <Button onPress={closePinPad}>{t("common:action.cancel")}</Button>
      </div>
      <div className={styles["keys"]}>
        {DIGITS.map((digit) => (
          <PadKey key={digit} label={digit} onPress={() => take(digit)}>
            {digit}
          </PadKey>
        ))}
        <PadKey label={t("pin.erase")} onPress={() => take("Backspace")}>
          <Delete aria-hidden="true" />
        </PadKey>
        <PadKey label="0" onPress={() => take("0")}>
          0
        </PadKey>
        <PadKey label={t("pin.enter")} onPress={() => take("Enter")} isMain={isReady}>
          <Check aria-hidden="true" />
        </PadKey>
      </div>
    </div>
  );
}

/** What the pad says: what to do, or why the last try was none. */
function useWord(problem: Problem | null, isPending: boolean): string {
  const { t } = useTranslation("kiosk");
  const isOnline = useConnection((c) => c.state === "online");
  if (!isOnline) return t("pin.offline");
  if (isPending) return t("pin.checking");
  if (problem === null) return t("pin.help");
  if (problem.code === "forbidden") return t("pin.wrong");
  if (problem.code === "offline") return t("pin.offline");
  if (problem.code !== "too-many-requests") return problem.message;
  const seconds = problem.retryAfterS ?? null;
  return seconds === null ? t("pin.tooManySoon") : t("pin.tooMany", { seconds });
}

function Dots({ count }: { readonly count: number }): JSX.Element {
  const { t } = useTranslation("kiosk");
  return (
    <div className={styles["dots"]} role="img" aria-label={t("pin.entered", { count })}>
      {Array.from({ length: Math.max(PIN_MIN_DIGITS, count) }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places are what they are by their number
        <span key={place} className={styles["dot"]} data-filled={place < count || undefined} />
      ))}
    </div>
  );
}

interface PadKeyProps {
  readonly label: string;
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly isMain?: boolean;
}

function PadKey({ label, children, onPress, isMain = false }: PadKeyProps): JSX.Element {
  return (
    <AriaButton
      className={styles["key"] ?? ""}
      aria-label={label}
      data-main={isMain || undefined}
      onPress={onPress}
    >
      {children}
    </AriaButton>
  );
}
