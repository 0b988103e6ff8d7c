import { ArrowLeft } from "lucide-react";
import { type JSX, type ReactNode, useEffect } from "react";
import { Link } from "wouter";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./page.module.css";

interface PageProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Under the title. */
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Where "back" leads, for a page beneath another. */
  readonly parent?: { readonly href: string; readonly title: string };
}

/** A page's head and body; names the document after it. */
export function Page({ title, children, lead, actions, parent }: PageProps): JSX.Element {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("app")}`;
  }, [title, t]);
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        {parent !== undefined && (
          <Link href={parent.href} className={styles["back"]}>
            <ArrowLeft aria-hidden="true" />
            {parent.title}
          </Link>
        )}
        <div className={styles["row"]}>
          <div className={styles["words"]}>
            <h1>{title}</h1>
            {lead !== undefined && <div className={styles["lead"]}>{lead}</div>}
          </div>
          {actions !== undefined && <div className={styles["actions"]}>{actions}</div>}
        </div>
      </header>
      {children}
    </div>
  );
}
