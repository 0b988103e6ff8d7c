import { type JSX, useState } from "react";
import Keyboard from "react-simple-keyboard";
import type { Language } from "../../i18n/i18n.ts";
import { decimalMarkOf } from "../../i18n/number-words.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { type Layer, layerAfter, layoutFor } from "./key-layouts.ts";
import styles from "./keys.module.css";
import { fieldAfter, leave, type TextField, typeInto, wantsDigits } from "./text-fields.ts";

/** Where every screen of ours sits, the keys are drawn by markup: these mean something there. */
const DRAWN_AS = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** The keys for one field. Whoever has a real keyboard, or has the page read out, does not need them. */
export function Keys({ field }: { readonly field: TextField }): JSX.Element {
  const { t, i18n } = useTranslation("kiosk");
  const [chosen, setChosen] = useState<{ readonly layer: Layer; readonly field: TextField } | null>(null);
  const layer = chosen?.field === field ? chosen.layer : firstLayerFor(field);
  const language: Language = i18n.language === "de" ? "de" : "en";

  const type = (key: string): void => {
    typeInto(field, key);
    const nextLayer = layerAfter(layer, key);
    if (nextLayer !== null) setChosen({ layer: nextLayer, field });
  };
  const press = (key: string): void => {
    const next = key === "{next}" ? fieldAfter(field) : null;
    if (next !== null) next.focus();
    else if (key === "{next}" || key === "{done}") leave(field);
    else type(key);
  };

  return (
    <div className={styles["keys"]} data-react-aria-top-layer="true" data-layer={layer} aria-hidden="true">
      <Keyboard
        theme={styles["board"] ?? ""}
        layout={mutable(layoutFor(language, decimalMarkOf(language)))}
        layoutName={layer}
        display={{
          ...DRAWN_AS,
          "{bksp}": "⌫",
          "{shift}": "⇧",
          "{letters}": "ABC",
          "{signs}": "123",
          "{more}": "#+=",
          "{space}": t("keyboard.space"),
          "{next}": t("keyboard.next"),
          "{done}": t("keyboard.done"),
        }}
        onKeyPress={press}
        // The field keeps the focus, and its text is ours to change.
        preventMouseDownDefault
        disableCaretPositioning
        // A wet finger rests, and on a busy machine a tap is a long one: neither may write twice.
        disableButtonHold
      />
    </div>
  );
}

function firstLayerFor(field: TextField): Layer {
  return wantsDigits(field) ? "number" : "default";
}

/** The package wants rows it might write to. */
function mutable(layout: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(layout).map(([layer, rows]) => [layer, [...rows]]));
}
