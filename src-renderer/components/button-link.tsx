import type { JSX, ReactNode } from "react";
import { Link } from "wouter";
import styles from "./button.module.css";

interface ButtonLinkProps {
  readonly href: string;
  readonly children: ReactNode;
  /** What is read out, where the text alone does not say which one. */
  readonly label?: string;
  /** Its content is an icon alone. */
  readonly isIcon?: boolean;
}

/** A way to another page that looks like a button. */
export function ButtonLink({ href, children, label, isIcon = false }: ButtonLinkProps): JSX.Element {
  return (
    <Link
      className={styles["button"]}
      href={href}
      data-icon={isIcon || undefined}
      {...(label === undefined ? {} : { "aria-label": label })}
    >
      {children}
    </Link>
  );
}
