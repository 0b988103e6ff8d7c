import { type JSX, lazy, useLayoutEffect } from "react";
import { createPortal } from "react-dom";
import { LoadBoundary } from "../../components/load-boundary.tsx";
import { useFocusedField } from "./use-focused-field.ts";

const Keys = lazy(async () => ({ default: (await import("./keys.tsx")).Keys }));

/** The keyboard of a screen that has none: there while a text field has the focus, and never over that field. */
export function ScreenKeyboard(): JSX.Element | null {
  const field = useFocusedField();
  const isShown = field !== null;

  useLayoutEffect(() => {
    if (!isShown) return;
    // Pages and dialogs make room for it (base.css).
    document.documentElement.dataset["keyboard"] = "";
    return () => {
      delete document.documentElement.dataset["keyboard"];
    };
  }, [isShown]);

  useLayoutEffect(() => {
    field?.scrollIntoView({ block: "center" });
  }, [field]);

  if (field === null) return null;
  // Beside the app: an open dialog makes everything in there inert.
  return createPortal(
    <LoadBoundary>
      <Keys field={field} />
    </LoadBoundary>,
    document.body,
  );
}
