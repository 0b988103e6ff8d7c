import { type JSX, useMemo } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from "react-aria-components";
import { useLocation } from "wouter";
import { Dialog } from "../../components/dialog.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import styles from "./command-palette.module.css";

interface Place {
  readonly href: string;
  readonly name: string;
  readonly kind: string;
}

/** Any page, device or channel by its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { contains } = useFilter({ sensitivity: "base" });
  const places = usePlaces();

  return (
    <Dialog title={t("nav.search")} isOpen onClose={onClose}>
      <Autocomplete filter={contains}>
        <SearchField aria-label={t("nav.searchHint")} autoFocus>
          <Input className={styles["input"] ?? ""} placeholder={t("nav.searchHint")} />
        </SearchField>
        <Menu
          className={styles["places"] ?? ""}
          items={places.map((place) => ({ ...place, id: place.href }))}
          renderEmptyState={() => <p className={styles["none"]}>{t("nav.nothingFound")}</p>}
          onAction={(key) => {
            onClose();
            navigate(String(key));
          }}
        >
          {(place) => (
            <MenuItem id={place.href} textValue={place.name} className={styles["place"] ?? ""}>
              {place.name}
              <small>{place.kind}</small>
            </MenuItem>
          )}
        </Menu>
      </Autocomplete>
    </Dialog>
  );
}

function usePlaces(): readonly Place[] {
  const { t } = useTranslation<"common", "control" | "modes" | "survival" | "alarms" | "notifications">([
    "common",
    "control",
  ]);
  const devices = useTank((s) => s.devices);
  const loops = useTank((s) => s.loops);
  return useMemo(() => {
    const page = (href: string, name: string): Place => ({ href, name, kind: "" });
    return [
      page("/", t("nav.tank")),
      page("/history", t("nav.history")),
      page("/equipment", t("nav.equipment")),
      page("/alarms", t("nav.alarms")),
      page("/alarms/all", t("alarms:all.title")),
      page("/alarms/history", t("alarms:history.title")),
      page("/control", t("nav.control")),
      page("/control/modes", t("modes:title")),
      page("/control/survival", t("survival:title")),
      page("/settings", t("nav.settings")),
      page("/settings/notifications", t("notifications:title")),
      ...channelsOf(devices).map((c) => ({
        href: `/channels/${c.id}`,
        name: c.name,
        kind: t(`quantity.${c.quantity}`),
      })),
      ...[...loops.values()].map((l) => ({
        href: `/control/${l.id}`,
        name: l.name,
        kind: t(`control:type.${l.type}`),
      })),
      ...[...devices.values()].map((d) => ({ href: `/settings/devices/${d.id}`, name: d.name, kind: d.type })),
    ];
  }, [devices, loops, t]);
}
