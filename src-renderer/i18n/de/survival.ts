import type { survival as english } from "../en/survival.ts";
import type { Translated } from "../translated.ts";

export const survival: Translated<typeof english> = {
  title: "Überleben",
  lead: "Fehler, erprobt am simulierten Becken mit der Steuerung, die hier läuft.",
  none: "Noch nicht gemessen",
  noneHelp: "Diese Fassung kam ohne einen Überlebenslauf. `npm run simulate` macht einen.",
  summary: "In einem Satz",
  all: "Das Becken überlebte alle {{count}} Fehler.",
  some: "Das Becken überlebte {{survived}} von {{count}} Fehlern.",
  spans_one: "Jeden über {{count}} Tag simulierter Zeit.",
  spans_other: "Jeden über {{count}} Tage simulierter Zeit.",
  reference: "Unter {{name}} überlebte es {{survived}} von {{count}}.",
  run: "Lauf",
  seed: "Startwert {{seed}}",
  rerun: "Selbst ausführen: npm run simulate -- --days {{days}} --faults all --seed {{seed}}",
  lives: "überlebt",
  lost: "verloren",
  water: "Wasser",
  between: "{{min}} bis {{max}}",
  told: "Ein Mensch erfuhr es nach",
  safe: "Ausgänge sicher nach",
  overflow: "Lief über",
  notNeeded: "nicht nötig",
  alsoLives: "{{name}}: überlebt",
  alsoLost: "{{name}}: verloren",
};
