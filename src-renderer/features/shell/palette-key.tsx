import { type JSX, lazy, Suspense, useEffect, useState } from "react";
import { palette } from "./lazy-pages.ts";

const CommandPalette = lazy(async () => ({ default: (await palette()).CommandPalette }));

/** Ctrl K (⌘ K) opens the search for any page, device or channel, which is fetched when it is first wanted. */
export function PaletteKey(): JSX.Element | null {
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
  return (
    <Suspense>
      <CommandPalette onClose={() => setOpen(false)} />
    </Suspense>
  );
}
