import { BellRing, ChevronRight, Cpu, Palette, Plug, Users, Waves } from "lucide-react";
import type { ComponentType, JSX } from "react";
import { Link } from "wouter";
import { useTranslation } from "../../i18n/use-translation.ts";
import { usePreferences } from "../../stores/preferences.ts";
import { useSession } from "../../stores/session.ts";
import { useTank } from "../../stores/tank.ts";
import { Page } from "../shell/page.tsx";
import styles from "./settings.module.css";
import { SignOutButton } from "./sign-out-button.tsx";

interface CardProps {
  readonly href: string;
  readonly title: string;
  readonly state: string;
  readonly Icon: ComponentType<{ readonly "aria-hidden": "true" }>;
}

/** What can be set, each with how it stands now. */
export function SettingsPage(): JSX.Element {
  const { t } = useTranslation<"settings", "common" | "notifications">(["settings", "common"]);
  const username = useSession((s) => s.user?.username ?? "");
  const role = useSession((s) => s.user?.role ?? "viewer");
  const who = t("index.signedInAs", { username, role: t(`common:userRole.${role}`) });
  return (
    <Page title={t("common:nav.settings")} lead={who} actions={<SignOutButton />}>
      <ul className={styles["cards"]}>
        <Card href="/settings/tank" title={t("tank.title")} state={useTankWords()} Icon={Waves} />
        <Card href="/settings/devices" title={t("index.devices")} state={useDeviceWords()} Icon={Plug} />
        <Card
          href="/settings/notifications"
          title={t("notifications:title")}
          state={t("index.notifications")}
          Icon={BellRing}
        />
        <Card href="/settings/users" title={t("users.title")} state={t("index.users")} Icon={Users} />
        <Card href="/settings/appearance" title={t("look.title")} state={useLookWords()} Icon={Palette} />
        <Card href="/settings/system" title={t("system.title")} state={useSystemWords()} Icon={Cpu} />
      </ul>
    </Page>
  );
}

function Card({ href, title, state, Icon }: CardProps): JSX.Element {
  return (
    <li>
      <Link href={href} className={styles["card"]}>
        <span className={styles["card-icon"]}>
          <Icon aria-hidden="true" />
        </span>
        <div>
          <h2>{title}</h2>
          <p>{state}</p>
        </div>
        <ChevronRight aria-hidden="true" />
      </Link>
    </li>
  );
}

function useTankWords(): string {
  const { t } = useTranslation(["settings", "common"]);
  const settings = useTank((s) => s.settings);
  return settings === null ? t("common:state.loading") : `${settings.tankName} · ${settings.timeZone}`;
}

function useDeviceWords(): string {
  const { t } = useTranslation("settings");
  const devices = useTank((s) => s.devices);
  const enabled = [...devices.values()].filter((device) => device.isEnabled);
  const count = enabled.filter((device) => device.status.state === "online").length;
  return enabled.length === 0 ? t("index.noDevices") : t("index.devicesAnswer", { count, total: enabled.length });
}

function useLookWords(): string {
  const { t, i18n } = useTranslation("settings");
  const temperatureUnit = usePreferences((p) => p.temperatureUnit);
  const salinityUnit = usePreferences((p) => p.salinityUnit);
  const language = i18n.language === "de" ? t("look.german") : t("look.english");
  return `${language} · °${temperatureUnit} · ${salinityUnit === "sg" ? "SG" : "ppt"}`;
}

function useSystemWords(): string {
  const { t } = useTranslation(["settings", "common"]);
  const health = useTank((s) => s.health);
  if (health === null) return t("common:state.loading");
  return t("index.system", { health: t(`common:health.${health.status}`), version: health.version });
}
