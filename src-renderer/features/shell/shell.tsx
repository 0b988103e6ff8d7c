import { BellRing, ChartLine, Settings, SlidersHorizontal, Waves, Zap } from "lucide-react";
import type { ComponentType, JSX, ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { LockButton } from "../kiosk/lock-button.tsx";
import { AlarmBadge } from "./alarm-badge.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { PaletteKey } from "./palette-key.tsx";
import { PortNote } from "./port-note.tsx";
import { RunningNote } from "./running-note.tsx";
import styles from "./shell.module.css";
import { StandingNote } from "./standing-note.tsx";

interface Section {
  readonly href: string;
  readonly name: "tank" | "history" | "equipment" | "alarms" | "control" | "settings";
  readonly Icon: ComponentType<{ readonly "aria-hidden": "true" }>;
}

const SECTIONS: readonly Section[] = [
  { href: "/", name: "tank", Icon: Waves },
  { href: "/history", name: "history", Icon: ChartLine },
  { href: "/equipment", name: "equipment", Icon: Zap },
  { href: "/alarms", name: "alarms", Icon: BellRing },
  { href: "/control", name: "control", Icon: SlidersHorizontal },
  { href: "/settings", name: "settings", Icon: Settings },
];

/** The frame around every page: sections on the left, on a phone below; the one banner above. */
export function Shell({ children }: { readonly children: ReactNode }): JSX.Element {
  const { t } = useTranslation();
  const [location] = useLocation();
  const isSimulated = useTank((s) => s.info?.simulated ?? false);
  return (
    <div className={styles["shell"]}>
      <a className={styles["skip"]} href="#content">
        {t("nav.skip")}
      </a>
      <nav className={styles["rail"]} aria-label={t("nav.label")}>
        {SECTIONS.map(({ href, name, Icon }) => (
          <Link
            key={href}
            href={href}
            className={styles["section"]}
            {...(isWithin(location, href) ? { "aria-current": "page" as const } : {})}
          >
            <Icon aria-hidden="true" />
            {t(`nav.${name}`)}
            {name === "alarms" && <AlarmBadge />}
          </Link>
        ))}
        <LockButton />
        {isSimulated && (
          <p className={styles["simulated"]} title={t("simulatedNote")}>
            {t("simulated")}
          </p>
        )}
      </nav>
      <div className={styles["body"]}>
        <ConnectionBanner />
        <StandingNote />
        <RunningNote />
        <PortNote />
        <main id="content" className={styles["content"]} tabIndex={-1}>
          {children}
        </main>
      </div>
      <PaletteKey />
    </div>
  );
}

/** A channel's page belongs to no section of its own: it is reached from the tank and from the history. */
function isWithin(location: string, href: string): boolean {
  if (href === "/") return location === "/";
  if (href === "/history" && location.startsWith("/channels/")) return true;
  return location === href || location.startsWith(`${href}/`);
}
