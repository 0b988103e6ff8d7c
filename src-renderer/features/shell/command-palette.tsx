import { type JSX, useEffect, useMemo, useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField, useFilter } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { Dialog } from "../../components/dialog.tsx";
import { channelsOf, useTank } from "../../stores/tank.ts";
import styles from "./command-palette.module.css";

interface Place {
  readonly href: string;
  readonly name: string;
  readonly kind: string;
}

/** Ctrl K (⌘ K): any page, device or channel by its name. */
export function CommandPalette(): JSX.Element {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [, navigate] = useLocation();
  const { contains } = useFilter({ sensitivity: "base" });
  const places = usePlaces();

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  return (
    <Dialog title={t("nav.search")} isOpen={isOpen} onClose={() => setOpen(false)}>
      <Autocomplete filter={contains}>
        {/* biome-ignore lint/a11y/noAutofocus: it was opened to type in */}
        <SearchField aria-label={t("nav.searchHint")} autoFocus>
          <Input className={styles["input"] ?? ""} placeholder={t("nav.searchHint")} />
        </SearchField>
        <Menu
          className={styles["places"] ?? ""}
          items={places.map((place) => ({ ...place, id: place.href }))}
          renderEmptyState={() => <p className={styles["none"]}>{t("nav.nothingFound")}</p>}
          onAction={(key) => {
            setOpen(false);
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
  const { t } = useTranslation();
  const devices = useTank((s) => s.devices);
  return useMemo(() => {
    const page = (href: string, name: string): Place => ({ href, name, kind: "" });
    return [
      page("/", t("nav.tank")),
      page("/history", t("nav.history")),
      page("/equipment", t("nav.equipment")),
      page("/settings", t("nav.settings")),
      ...channelsOf(devices).map((c) => ({
        href: `/channels/${c.id}`,
        name: c.name,
        kind: t(`quantity.${c.quantity}`),
      })),
      ...[...devices.values()].map((d) => ({ href: `/settings/devices/${d.id}`, name: d.name, kind: d.type })),
    ];
  }, [devices, t]);
}
