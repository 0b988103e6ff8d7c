import { CircleAlert } from "lucide-react";
import type { JSX, ReactNode } from "react";
import type { Problem } from "../api/problem.ts";
import { useTranslation } from "../i18n/use-translation.ts";
import { Button } from "./button.tsx";
import { failureWords } from "./failure-words.ts";
import styles from "./states.module.css";

/** While something is fetched: its shape, not a spinner; said once to a screen reader. */
export function Loading({ lines = 3 }: { readonly lines?: number }): JSX.Element {
  const { t } = useTranslation();
  return (
    <div className={styles["loading"]} role="status" aria-label={t("state.loading")}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike and never move
        <span key={line} className={styles["bone"]} />
      ))}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  /** What to do next. */
  readonly children: ReactNode;
}

/** Nothing here yet, and what would change that. */
export function Empty({ title, children }: EmptyProps): JSX.Element {
  return (
    <div className={styles["empty"]}>
      <h2>{title}</h2>
      <div>{children}</div>
    </div>
  );
}

interface FailureProps {
  readonly problem: Problem;
  readonly onRetry?: () => void;
}

/** What was asked did not work: the cause and the way out, in the core's own sentence or in the user's language. */
export function Failure({ problem, onRetry }: FailureProps): JSX.Element {
  const { t, i18n } = useTranslation();
  const known = i18n.getResource(i18n.language, "common", `fault.${problem.code}`);
  const words = failureWords(problem, typeof known === "string" ? known : null);
  return (
    <div className={styles["failure"]} role="alert">
      <CircleAlert aria-hidden="true" />
      <p>{problem.code === "offline" ? t("state.offlineAnswer") : words}</p>
      {onRetry !== undefined && <Button onPress={onRetry}>{t("action.retry")}</Button>}
    </div>
  );
}
