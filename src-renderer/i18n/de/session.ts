import type { session as english } from "../en/session.ts";
import type { Translated } from "../translated.ts";

export const session: Translated<typeof english> = {
  username: "Benutzername",
  password: "Passwort",
  showPassword: "Passwort anzeigen",
  keep: "Auf diesem Gerät angemeldet bleiben",
  offline: "Die Steuerung antwortet nicht mehr. Sie wird gesucht; was du eingegeben hast, bleibt stehen.",
  wait_one: "Versuche es in {{count}} Sekunde wieder.",
  wait_other: "Versuche es in {{count}} Sekunden wieder.",
  signIn: {
    title: "Anmelden",
    lead: "Das Becken läuft von allein weiter; angemeldet siehst du es.",
    submit: "Anmelden",
    pending: "Anmeldung läuft …",
    incomplete: "Gib zuerst Benutzername und Passwort ein.",
    expired: "Deine Anmeldung ist abgelaufen. Melde dich neu an, dann geht es weiter, wo du warst.",
    forgotten: "Passwort vergessen? Jeder Administrator kann unter Einstellungen, Benutzer ein neues setzen.",
  },
  refused: {
    wrong: "Benutzername oder Passwort ist falsch. Prüfe Großschreibung und Tastatursprache.",
    code: "Der Einrichtungscode ist falsch oder stammt von einem früheren Start der Steuerung. Kopiere den neuesten.",
    throttled: "Zu viele Fehlversuche von hier. Die Anmeldung macht einen Moment Pause.",
    databaseAway:
      "Die Steuerung läuft, aber ihre Datenbank antwortet nicht; deshalb kann sie gerade niemanden anmelden. Versuche es in einer Minute wieder.",
    stopping: "Die Steuerung fährt herunter. Warte, bis sie wieder gestartet ist.",
    offline: "Die Steuerung hat nicht geantwortet. Versuche es wieder, wenn sie verbunden ist.",
  },
  firstRun: {
    title: "Willkommen. Wer betreut dieses Becken?",
    lead: "Diese Steuerung hat noch keine Benutzer. Der erste ist Administrator und kann die anderen anlegen.",
    code: "Einrichtungscode",
    codeHelp: "Sechzehn Buchstaben und Ziffern wie ABCD-1234-EFGH-5678, von der Steuerung einmal ausgegeben.",
    codeKnown: "Der Einrichtungscode ist schon ausgefüllt: Dieses Fenster gehört zur Steuerung selbst.",
    usernameHelp: "2 bis 64 Buchstaben, Ziffern und . _ @ -",
    usernameUnfit:
      "Nimm 2 bis 64 Buchstaben, Ziffern und . _ @ - und beginne mit einem Buchstaben oder einer Ziffer.",
    passwordHelp: "Mindestens 10 Zeichen. Ein kurzer Satz lässt sich leicht merken.",
    passwordShort: "Das sind weniger als 10 Zeichen.",
    passwordLong: "Das sind mehr als 256 Zeichen.",
    submit: "Administrator anlegen und anmelden",
    pending: "Administrator wird angelegt …",
    incomplete: "Es braucht Einrichtungscode, Benutzername und Passwort.",
  },
  where: {
    title: "Wo finde ich den Code?",
    terminal: "Im Terminal, in dem die Steuerung gestartet wurde, nahe der Zeile, die sie bereit meldet.",
    service: "Läuft sie als Dienst, dann in dessen Protokoll:",
    window: "Oder öffne die Desktop-App auf der Steuerung selbst: Dort ist der Code schon ausgefüllt.",
    restart: "Bis es den ersten Administrator gibt, nennt jeder Start der Steuerung einen neuen Code.",
  },
  waiting: {
    soon: "Das dauert einen Moment.",
    long: "Sie hat noch nicht geantwortet. Sobald sie es tut, geht es hier von selbst weiter.",
    starting: "Die Steuerung ist da und startet noch …",
    startingLong:
      "Sie weiß noch nicht, wer sich anmelden darf. Das ist so, solange ihre Datenbank startet; nach einem Stromausfall dauert das bis zu einer Minute.",
    check: "Was du inzwischen prüfen kannst",
    power: "Hat die Steuerung Strom, und hatte sie eine Minute zum Starten?",
    network: "Ist dieses Gerät im selben Netz wie die Steuerung?",
    address: "Stimmt die Adresse? Gesucht wird unter",
    service: "Läuft auf der Steuerung selbst der Dienst?",
    windowStart: "Nach einem Update oder Stromausfall dauert der erste Start bis zu einer Minute.",
    windowLog: "Bleibt es so, beende die App und starte sie in einem Terminal: Dort steht, was fehlt.",
  },
};
