import { type JSX, type ReactNode, useId } from "react";
import styles from "./devices.module.css";
import panelStyles from "./panel.module.css";

interface PanelProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** One matter of a device, under its own heading. */
export function Panel({ title, lead, aside, children }: PanelProps): JSX.Element {
  const titleId = useId();
  return (
    <section className={panelStyles["panel"]} aria-labelledby={titleId}>
      <header className={panelStyles["panelHead"]}>
        <div className={styles["what"]}>
          <h2 id={titleId}>{title}</h2>
          {lead !== undefined && <p className={styles["quiet"]}>{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
