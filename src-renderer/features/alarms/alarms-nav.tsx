import type { JSX } from "react";
import { Link, useLocation } from "wouter";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "./alarms.module.css";

const PLACES = [
  { href: "/alarms", name: "standing" },
  { href: "/alarms/all", name: "all" },
  { href: "/alarms/history", name: "history" },
] as const;

/** What stands, what there is, and what was. */
export function AlarmsNav(): JSX.Element {
  const { t } = useTranslation("alarms");
  const [location] = useLocation();
  return (
    <nav className={styles["nav"]} aria-label={t("nav.label")}>
      {PLACES.map(({ href, name }) => (
        <Link key={href} href={href} {...(location === href ? { "aria-current": "page" as const } : {})}>
          {t(`nav.${name}`)}
        </Link>
      ))}
    </nav>
  );
}
