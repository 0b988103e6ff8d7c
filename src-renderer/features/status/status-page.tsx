import type { JSX } from "react";
import { checksFrom, freshnessFrom, headlineFrom, STATUS_WORDS } from "./describe-health.ts";
import styles from "./status-page.module.css";
import { useHealth } from "./use-health.ts";

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** Whether the core answers, and what it says about itself. Nothing here is sample data. */
export function StatusPage(): JSX.Element {
  const view = useHealth();
  const { last, silence } = view;
  const isCurrent = silence === null;

  return (
    <div className={styles["page"]}>
      <header className={styles["top"]}>
        <p className={styles["name"]}>Bella's Reef</p>
        <nav aria-label="Documentation">
          <a className={styles["link"]} href="/docs">
            API documentation
          </a>
        </nav>
      </header>
      <main className={styles["main"]}>
        <section
          className={styles["summary"]}
          data-state={isCurrent ? (last?.health.status ?? "unknown") : "silent"}
        >
          <h1 aria-live="polite">{headlineFrom(view)}</h1>
          <p>{freshnessFrom(view)}</p>
        </section>
        {last !== null && (
          <section aria-label={isCurrent ? "Checks" : "Checks as of the last answer"}>
            <ul className={styles["checks"]}>
              {checksFrom(last.health).map(({ name, title, check }) => (
                <li key={name} className={styles["check"]} data-state={isCurrent ? check.status : "unknown"}>
                  <h2>{title}</h2>
                  <p className={styles["state"]}>{isCurrent ? STATUS_WORDS[check.status] : "Not known now"}</p>
                  <p className={styles["detail"]}>
                    {isCurrent ? check.detail : `When it last answered: ${check.detail}`}
                  </p>
                  <p className={styles["since"]}>
                    {isCurrent ? "Since" : "Then since"}{" "}
                    <time dateTime={check.since}>{TIME.format(new Date(check.since))}</time>
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
      <footer className={styles["foot"]}>
        {last === null ? "Version not known yet." : `Version ${last.health.version}.`} This page asks every 5
        seconds. The rest of the interface is not built yet.
      </footer>
    </div>
  );
}
