import type { CheckStatus } from "#contract/system.ts";

/** What the program says outside of its page: menus, the tray, dialogs, notifications. */
export interface Words {
  readonly status: Readonly<Record<CheckStatus, string>>;
  readonly alarm: (name: string) => string;
  readonly starting: string;
  readonly emergencyStopHolds: string;
  readonly emergencyStop: string;
  readonly emergencyStopQuestion: string;
  readonly emergencyStopDetail: string;
  readonly cancel: string;
  readonly show: string;
  readonly keepRunning: string;
  readonly quit: string;
  readonly file: string;
  readonly edit: string;
  readonly view: string;
  readonly windowOnto: (url: string) => string;
  readonly failingTitle: string;
  readonly wellTitle: string;
  readonly wellText: string;
  readonly runningTitle: string;
  readonly runningText: (url: string) => string;
  readonly startRefusedTitle: string;
  readonly certificateTitle: (origin: string) => string;
  readonly certificateText: (fingerprint: string) => string;
  readonly certificateChanged: (before: string) => string;
  readonly trust: string;
}

const ENGLISH: Words = {
  status: {
    ok: "The controller is well",
    degraded: "The controller is degraded",
    failing: "The controller is failing",
  },
  alarm: (name) => `Alarm: ${name}`,
  starting: "Starting …",
  emergencyStopHolds: "Emergency stop holds every output",
  emergencyStop: "Emergency stop …",
  emergencyStopQuestion: "Stop every output now?",
  emergencyStopDetail:
    "Every output goes to its emergency state and stays there until somebody releases it in the app.",
  cancel: "Cancel",
  show: "Show the tank",
  keepRunning: "Keep running when the window is closed",
  quit: "Quit: outputs go to their safe state",
  file: "File",
  edit: "Edit",
  view: "View",
  windowOnto: (url) => `A window onto ${url}`,
  failingTitle: "Bella's Reef needs you",
  wellTitle: "Bella's Reef is well again",
  wellText: "Every check is as it should be.",
  runningTitle: "The controller is running already",
  runningText: (url) =>
    `Another program on this machine runs the tank, at ${url}. This window shows that one and starts no second one.`,
  startRefusedTitle: "The controller cannot start",
  certificateTitle: (origin) => `Is this the controller at ${origin}?`,
  certificateText: (fingerprint) =>
    `Nobody vouches for its certificate. Compare its SHA-256 fingerprint with the one on the controller itself:\n\n${fingerprint}`,
  certificateChanged: (before) => `\n\nIt is NOT the one that was trusted before:\n\n${before}`,
  trust: "It is: trust it",
};

const GERMAN: Words = {
  status: {
    ok: "Der Steuerung geht es gut",
    degraded: "Die Steuerung ist eingeschränkt",
    failing: "Die Steuerung fällt aus",
  },
  alarm: (name) => `Alarm: ${name}`,
  starting: "Startet …",
  emergencyStopHolds: "Der Not-Halt hält alle Ausgänge",
  emergencyStop: "Not-Halt …",
  emergencyStopQuestion: "Alle Ausgänge jetzt anhalten?",
  emergencyStopDetail: "Jeder Ausgang geht in seinen Notzustand und bleibt dort, bis ihn jemand in der App löst.",
  cancel: "Abbrechen",
  show: "Das Becken zeigen",
  keepRunning: "Weiterlaufen, wenn das Fenster zu ist",
  quit: "Beenden: Ausgänge gehen in den sicheren Zustand",
  file: "Datei",
  edit: "Bearbeiten",
  view: "Ansicht",
  windowOnto: (url) => `Ein Fenster auf ${url}`,
  failingTitle: "Bella's Reef braucht dich",
  wellTitle: "Bella's Reef geht es wieder gut",
  wellText: "Jede Prüfung ist, wie sie sein soll.",
  runningTitle: "Die Steuerung läuft schon",
  runningText: (url) =>
    `Ein anderes Programm auf diesem Rechner steuert das Becken, unter ${url}. Dieses Fenster zeigt jenes und startet kein zweites.`,
  startRefusedTitle: "Die Steuerung kann nicht starten",
  certificateTitle: (origin) => `Ist das die Steuerung unter ${origin}?`,
  certificateText: (fingerprint) =>
    `Für ihr Zertifikat bürgt niemand. Vergleiche seinen SHA-256-Fingerabdruck mit dem auf der Steuerung selbst:\n\n${fingerprint}`,
  certificateChanged: (before) => `\n\nEs ist NICHT das, dem bisher vertraut wurde:\n\n${before}`,
  trust: "Ja, vertrauen",
};

/** @param locale of the desktop, a BCP 47 tag */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith("de") ? GERMAN : ENGLISH;
}
