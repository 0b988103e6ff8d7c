import type { FaultCode } from "#contract/errors.ts";

/**
 * The core speaks English, with its figures; here is what the faults a keeper commonly meets mean. `{{message}}` is the
 * core's own sentence, where only that says what it is about. In English there is nothing to say again.
 */
export const faults: Readonly<Partial<Record<FaultCode, string>>> = {
  "bus-timeout":
    "Das Gerät hat nicht rechtzeitig geantwortet. Anschluss und Strom prüfen, dann noch einmal versuchen.",
  "bus-io": "Das Gerät hat mit einem Fehler geantwortet. Anschluss prüfen, dann noch einmal versuchen.",
  checksum: "Die Antwort des Geräts war verstümmelt. Kabel und Stecker prüfen, dann noch einmal versuchen.",
  implausible: "Das Gerät meldet, was nicht sein kann. Den Fühler prüfen. Die Steuerung sagt: „{{message}}“",
  "device-unreachable":
    "Das Gerät ist nicht zu erreichen. Strom, Kabel und Netz prüfen. Die Steuerung sagt: „{{message}}“",
  unsupported: "Dieser Rechner kann das nicht. Die Steuerung sagt: „{{message}}“",
  invalid: "Etwas an der Eingabe passt nicht. Die Steuerung sagt: „{{message}}“",
  unauthenticated: "Die Anmeldung gilt nicht mehr. Bitte neu anmelden.",
  forbidden: "Das darf deine Rolle nicht, oder die PIN stimmt nicht.",
  "not-found": "Das gibt es nicht mehr; jemand hat es wohl entfernt.",
  conflict: "Dem steht entgegen, was schon da ist. Die Steuerung sagt: „{{message}}“",
  interlocked: "Eine Schutzsperre lässt das jetzt nicht zu. Die Steuerung sagt: „{{message}}“",
  "emergency-stopped": "Der Not-Halt hält alle Ausgänge; ihn zuerst freigeben.",
  "too-many-requests": "Zu viele Versuche. In {{seconds}} s noch einmal versuchen.",
  "payload-too-large": "Das ist zu groß für die Steuerung.",
  "database-away":
    "Die Datenbank antwortet gerade nicht, es wurde nichts geändert. Die Regelung läuft weiter; später noch einmal versuchen.",
  "store-full": "Der Datenträger der Steuerung ist voll. Platz schaffen, dann noch einmal versuchen.",
  "store-unavailable":
    "Der eigene Speicher der Steuerung antwortet nicht. Unter Einstellungen, System steht mehr dazu.",
  stopping: "Die Steuerung wird gerade beendet. Wenn sie wieder läuft, noch einmal versuchen.",
  internal: "In der Steuerung ist ein Fehler passiert; er steht in ihrem Protokoll. Das Becken läuft weiter.",
};
