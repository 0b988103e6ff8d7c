import { useEffect, useState } from "react";
import { type TextField, textFieldFrom } from "./text-fields.ts";

/** Focus moves from field to field by way of nothing, and a finger needs what it presses to stay where it is. */
const LEAVE_AFTER_MS = 80;

/** The text field that has the focus; null where none has. */
export function useFocusedField(): TextField | null {
  const [field, setField] = useState<TextField | null>(() => textFieldFrom(document.activeElement));

  useEffect(() => {
    let isPressed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      clearTimeout(timer);
      const focused = textFieldFrom(document.activeElement);
      if (focused !== null) setField(focused);
      else if (!isPressed)
        timer = setTimeout(() => setField(textFieldFrom(document.activeElement)), LEAVE_AFTER_MS);
    };
    const press = (): void => {
      isPressed = true;
      clearTimeout(timer);
    };
    const letGo = (): void => {
      isPressed = false;
      look();
    };
    const listeners = {
      focusin: look,
      focusout: look,
      pointerdown: press,
      pointerup: letGo,
      pointercancel: letGo,
    };
    for (const [kind, listener] of Object.entries(listeners)) addEventListener(kind, listener, true);
    return () => {
      clearTimeout(timer);
      for (const [kind, listener] of Object.entries(listeners)) removeEventListener(kind, listener, true);
    };
  }, []);

  return field;
}
