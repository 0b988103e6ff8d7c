import { type JSX, type ReactNode, useId } from "react";
import styles from "./settings.module.css";

interface PanelProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** Under the title. */
  readonly lead?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
}

/** One matter of a settings page. */
export function Panel({ title, children, lead, actions }: PanelProps): JSX.Element {
  const titleId = useId();
  return (
    <section className={styles["panel"]} aria-labelledby={titleId}>
      <header className={styles["panel-head"]}>
        <div>
          <h2 id={titleId}>{title}</h2>
          {lead !== undefined && <p className={styles["quiet"]}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles["panel-actions"]}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** A name and what it is; inside a `<Facts>`. */
export function Fact({ name, children }: FactProps): JSX.Element {
  return (
    <div className={styles["fact"]}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Facts({ children }: { readonly children: ReactNode }): JSX.Element {
  return <dl className={styles["facts"]}>{children}</dl>;
}
