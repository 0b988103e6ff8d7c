import type { JSX } from "react";
import { Link } from "wouter";
import { Empty } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useMay } from "../../stores/session.ts";
import { useTank } from "../../stores/tank.ts";

/** Nothing to show yet, and the step that changes it. */
export function NoDevices(): JSX.Element {
  const { t } = useTranslation("tank");
  const mayAdd = useMay("admin");
  const hasDevices = useTank((s) => s.devices.size > 0);
  if (hasDevices) {
    return (
      <Empty title={t("empty.switchedOff")}>
        <p>{t("empty.switchedOffHelp")}</p>
        <Link href="/settings/devices">{t("empty.toDevices")}</Link>
      </Empty>
    );
  }
  return (
    <Empty title={t("empty.title")}>
      <p>{t(mayAdd ? "empty.help" : "empty.askAdmin")}</p>
      {mayAdd && <Link href="/settings/devices/new">{t("empty.add")}</Link>}
    </Empty>
  );
}
