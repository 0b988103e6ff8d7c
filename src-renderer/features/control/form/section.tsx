import { type JSX, type ReactNode, useId } from "react";
import styles from "./form.module.css";

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** One matter of a form. */
export function Section({ title, lead, children }: SectionProps): JSX.Element {
  const titleId = useId();
  return (
    <section className={styles["section"]} aria-labelledby={titleId}>
      <div className={styles["head"]}>
        <h2 id={titleId}>{title}</h2>
        {lead !== undefined && <p className={styles["lead"]}>{lead}</p>}
      </div>
      {children}
    </section>
  );
}
