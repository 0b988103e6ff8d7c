import type { JSX, ReactNode } from "react";
import { useId } from "react";
import styles from "./button.module.css";

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: () => void;
  readonly kind?: "plain" | "primary" | "danger" | "quiet";
  readonly type?: "button" | "submit";
  /** The id of the form it sends, where it stands outside of it. */
  readonly form?: string;
  /** Why it cannot be pressed now, in a sentence; null: it can. Shown, and read out with the button. */
  readonly disabledReason?: string | null;
  /** The reason is already said beside it: read out, not shown again. */
  readonly isReasonHidden?: boolean;
  readonly isPending?: boolean;
  /** For a button that is an icon. */
  readonly label?: string;
  readonly autoFocus?: boolean;
}

/** A button of at least a wet finger's size. One that cannot be pressed keeps its focus and says why. */
export function Button(props: ButtonProps): JSX.Element {
  const { children, onPress, kind = "plain", type = "button", disabledReason = null, label } = props;
  const { isPending = false, isReasonHidden = false, autoFocus = false } = props;
  const reasonId = useId();
  const isBlocked = disabledReason !== null;
  const isInert = isBlocked || isPending;
  // Not `disabled`, which would take its focus.
  const inertness = isInert ? ({ "aria-disabled": "true" } as const) : { onClick: () => onPress?.() };
  return (
    <span className={styles["wrap"]}>
      <button
        className={styles["button"]}
        data-kind={kind}
        data-blocked={isBlocked || undefined}
        data-icon={label !== undefined || undefined}
        data-pending={isPending || undefined}
        type={isInert ? "button" : type}
        // biome-ignore lint/a11y/noAutofocus: in a dialog the safe answer has the focus, as WAI-ARIA asks for
        autoFocus={autoFocus}
        {...(props.form === undefined ? {} : { form: props.form })}
        {...(label === undefined ? {} : { "aria-label": label })}
        {...(isBlocked ? { "aria-describedby": reasonId } : {})}
        {...inertness}
      >
        {children}
      </button>
      {isBlocked && (
        <span id={reasonId} className={isReasonHidden ? styles["heard"] : styles["reason"]}>
          {disabledReason}
        </span>
      )}
    </span>
  );
}
