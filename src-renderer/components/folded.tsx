import type { JSX, ReactNode } from "react";
import styles from "./folded.module.css";

interface FoldedProps {
  /** What is pressed to see it. */
  readonly title: string;
  readonly children: ReactNode;
}

/** What most do not need: behind a line that opens it. */
export function Folded({ title, children }: FoldedProps): JSX.Element {
  return (
    <details className={styles["folded"]}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
