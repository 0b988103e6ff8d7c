import type { kiosk as english } from "../en/kiosk.ts";
import type { Translated } from "../translated.ts";

export const kiosk: Translated<typeof english> = {
  lock: {
    isLocked: "Gesperrt",
    isOpen: "Offen",
    unlock: "Gesperrt: PIN eingeben",
    lock: "Offen: jetzt sperren",
  },
  pin: {
    title: "PIN eingeben",
    help: "4 bis 8 Ziffern, dann der Haken. Der Bildschirm bleibt offen, bis ihn 5 Minuten lang niemand berührt hat.",
    entered_one: "{{count}} Ziffer eingegeben",
    entered_other: "{{count}} Ziffern eingegeben",
    erase: "Letzte Ziffer löschen",
    enter: "Entsperren",
    checking: "Wird geprüft …",
    wrong: "Das ist nicht die PIN. Versuche es noch einmal.",
    tooMany: "Zu viele falsche PINs. In {{seconds}} s geht es weiter.",
    tooManySoon: "Zu viele falsche PINs. In einer Minute geht es weiter.",
    offline: "Die Steuerung antwortet nicht; die PIN kann gerade nicht geprüft werden.",
  },
  night: {
    label: "Uhr",
    hint: "Beckenzeit ({{zone}}) · zum Aufwecken berühren",
    noTemperature: "Die Temperatur ist gerade nicht bekannt.",
  },
  keyboard: { space: "Leertaste", next: "Weiter", done: "Fertig" },
};
