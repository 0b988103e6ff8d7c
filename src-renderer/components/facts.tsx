import type { JSX } from "react";
import styles from "./facts.module.css";

/** A name, what it is, and whether that wants a look. */
export type Fact = readonly [name: string, value: string, isWarning?: boolean];

interface FactsProps {
  readonly facts: readonly Fact[];
  /** As many beside each other as there is room for; else two. */
  readonly isWide?: boolean;
}

/** Small facts beside each other, each under its name. */
export function Facts({ facts, isWide = false }: FactsProps): JSX.Element {
  return (
    <dl className={styles["facts"]} data-wide={isWide || undefined}>
      {facts.map(([name, value, isWarning = false]) => (
        <div key={name} data-warning={isWarning || undefined}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
