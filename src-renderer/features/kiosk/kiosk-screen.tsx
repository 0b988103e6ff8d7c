import { type JSX, useLayoutEffect } from "react";
import { useKiosk } from "../../stores/kiosk.ts";
import { ScreenKeyboard } from "./screen-keyboard.tsx";

/** What a touch screen needs from the first page on, signed in or not: its own layout, and a keyboard. */
export function KioskScreen(): JSX.Element | null {
  const isKiosk = useKiosk((k) => k.isKiosk);
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute("data-kiosk", isKiosk);
  }, [isKiosk]);
  return isKiosk ? <ScreenKeyboard /> : null;
}
