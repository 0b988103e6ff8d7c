import { type JSX, type ReactNode, useEffect, useId, useRef, useState } from "react";
import styles from "./hold-button.module.css";

/** tokens.css: --hold */
const HOLD_MS = 1_500;

interface HoldButtonProps {
  readonly children: ReactNode;
  readonly onHeld: () => void;
  readonly disabledReason?: string | null;
  /** Read out: how it is used. */
  readonly hint: string;
}

/** For dangerous acts: held for 1.5 s by finger, mouse, space or enter, with a visible fill; let go, and nothing happens. */
export function HoldButton({ children, onHeld, disabledReason = null, hint }: HoldButtonProps): JSX.Element {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef<number | null>(null);
  const hintId = useId();

  const letGo = (): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    setHeld(false);
  };
  const press = (by: "pointer" | "key"): void => {
    if (disabledReason !== null || timer.current !== null) return;
    setHeld(true);
    timer.current = window.setTimeout(() => {
      letGo();
      if (by === "pointer") swallowItsClick();
      onHeld();
    }, HOLD_MS);
  };
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );

  return (
    <span className={styles["wrap"]}>
      <button
        type="button"
        className={styles["button"]}
        data-held={isHeld || undefined}
        data-blocked={disabledReason !== null || undefined}
        aria-describedby={hintId}
        aria-disabled={disabledReason !== null}
        onPointerDown={() => press("pointer")}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          if (event.key !== " " && event.key !== "Enter") return;
          event.preventDefault();
          if (!event.repeat) press("key");
        }}
        onKeyUp={letGo}
        onBlur={letGo}
      >
        <span className={styles["fill"]} aria-hidden="true" />
        <span className={styles["label"]}>{children}</span>
      </button>
      <span id={hintId} className={styles["heard"]}>
        {disabledReason ?? hint}
      </span>
    </span>
  );
}

/** The finger that held is still down: lifting it must not press what came in this one's place. */
function swallowItsClick(): void {
  const swallow = (event: Event): void => {
    event.preventDefault();
    event.stopPropagation();
    end();
  };
  const end = (): void => {
    removeEventListener("click", swallow, true);
    removeEventListener("pointerdown", end, true);
  };
  addEventListener("click", swallow, true);
  addEventListener("pointerdown", end, true);
}
