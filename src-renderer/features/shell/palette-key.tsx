import { type JSX, lazy, useEffect, useState } from "react";
import { Dialog } from "../../components/dialog.tsx";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { learnAll } from "../../i18n/i18n.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { palette } from "./lazy-pages.ts";

const CommandPalette = lazy(async () => {
  const [{ CommandPalette: Palette }] = await Promise.all([palette(), learnAll()]);
  return { default: Palette };
});

/** Ctrl K (⌘ K) opens the search for any page, device or channel, which is fetched when it is first wanted. */
export function PaletteKey(): JSX.Element | null {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);

  if (!isOpen) return null;
  const close = (): void => setOpen(false);
  return (
    <LoadBoundary
      around={(failure) => (
        <Dialog title={t("nav.search")} isOpen onClose={close}>
          {failure}
        </Dialog>
      )}
    >
      <CommandPalette onClose={close} />
    </LoadBoundary>
  );
}
