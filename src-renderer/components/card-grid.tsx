import type { JSX, ReactNode } from "react";
import styles from "./card-grid.module.css";

interface CardGridProps {
  /** List items with a card in each. */
  readonly children: ReactNode;
  /** For cards of many words. */
  readonly isWide?: boolean;
  /** Cards of one row are as high as the highest of them. */
  readonly isLevel?: boolean;
  /** What the list is, for who hears the page; left out: its heading says it. */
  readonly label?: string;
}

/** Cards, as many beside each other as there is room for. */
export function CardGrid({ children, isWide = false, isLevel = false, label }: CardGridProps): JSX.Element {
  return (
    <ul
      className={styles["grid"]}
      aria-label={label}
      data-wide={isWide || undefined}
      data-level={isLevel || undefined}
    >
      {children}
    </ul>
  );
}
