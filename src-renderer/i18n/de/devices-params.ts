import type {
  params as english,
  faults as englishFaults,
  faultGroups as englishGroups,
} from "../en/devices-params.ts";
import type { Translated } from "../translated.ts";

export const params: Translated<typeof english> = {
  "simulated-tank": {
    seed: { label: "Startwert", help: "Gleicher Startwert, gleiches Wetter und gleiches Rauschen.", shape: "" },
    volumeL: { label: "Volumen", help: "Becken und Technikbecken zusammen.", shape: "" },
    heaterW: { label: "Heizer", help: "Was er beim Heizen aufnimmt.", shape: "" },
    chillerW: { label: "Kühler", help: "Die Wärme, die er abführt.", shape: "" },
    hasHeaterOutlet: {
      label: "Eine Steckdose vor dem Heizer",
      help: "Sie schaltet ihn ab, wo sein eigenes Relais verschweißt ist.",
      shape: "",
    },
    hasDoserMeter: {
      label: "Ein Leistungsmesser am Dosierer",
      help: "Misst, was die Dosierpumpe an ihrem Stecker zieht.",
      shape: "",
    },
    hasSumpFloats: {
      label: "Schwimmer im Technikbecken",
      help: "Einer am Stand, der gehalten wird, einer darüber.",
      shape: "",
    },
    reservoirL: { label: "Vorrat", help: "An Nachfüllwasser. Leer: ein Zehntel des Volumens.", shape: "" },
    startC: { label: "Temperatur am Anfang", help: "Des Wassers, wenn das Becken aufgestellt wird.", shape: "" },
    resolutionBits: {
      label: "Auflösung der Thermometer",
      help: "0,5 °C bei 9 Bit bis 0,0625 °C bei 12.",
      shape: "",
    },
    roomMinC: { label: "Raum in der Nacht", help: "Darf sich im Betrieb ändern.", shape: "" },
    roomMaxC: { label: "Raum am Nachmittag", help: "Darf sich im Betrieb ändern.", shape: "" },
    evaporationPctPerDay: {
      label: "Verdunstung",
      help: "Vom Volumen, im Mittel. Darf sich im Betrieb ändern.",
      shape: "",
    },
    faults: { label: "Störungen", help: "", shape: "" },
  },
  replay: {
    file: {
      label: "Aufzeichnung",
      help: "Pfad der Datei auf der Steuerung: Apex-Datalog (XML) oder CSV, einfach oder als .gz.",
      shape: "",
    },
    timezone: {
      label: "Zeitzone",
      help: "Der Zeiten einer CSV, etwa Europe/Berlin. Ein Apex-Datalog nennt seine eigene.",
      shape: "",
    },
    loop: { label: "Am Ende von vorn beginnen", help: "Sonst verstummen die Kanäle dort.", shape: "" },
  },
  ds18b20: {
    romId: {
      label: "ROM-Nummer",
      help: "Die eigene Nummer des Thermometers, etwa 28-00000a1b2c3d.",
      shape:
        "Eine ROM-Nummer ist 28 (oder 10, 22, 3b, 42), ein Bindestrich und zwölf Zeichen aus 0–9 und kleinen a–f, etwa 28-00000a1b2c3d.",
    },
    root: {
      label: "1-Wire-Ordner",
      help: "Wo der Kernel seine 1-Wire-Geräte führt. Auf einem Raspberry Pi stimmt er so.",
      shape: "",
    },
    resolutionBits: {
      label: "Auflösung",
      help: "9 Bit sind 0,5 °C in 94 ms, 12 Bit 0,0625 °C in 750 ms.",
      shape: "",
    },
  },
  host: {
    diskPath: {
      label: "Datenträger",
      help: "Ein Ordner auf dem Datenträger, dessen Belegung beobachtet wird.",
      shape: "Das muss ein absoluter Pfad sein, etwa /var/lib.",
    },
    thermalZonePath: {
      label: "Datei der CPU-Temperatur",
      help: "Die Datei des Kernels dafür. Fehlt sie, gibt es diesen Kanal nicht.",
      shape: "Das muss ein Pfad unter /sys sein.",
    },
  },
};

export const faultGroups: Translated<typeof englishGroups> = {
  probes: "Sonden",
  equipment: "Heizer, Kühler und Steckdosen",
  water: "Wasser",
  dosing: "Dosierung",
  weather: "Wetter",
  device: "Das ganze Gerät",
  other: "Weitere",
};

export const faults: Translated<typeof englishFaults> = {
  "probe-vanishes": { name: "Sonde verschwindet", effect: "Sie antwortet nicht mehr." },
  "probe-reads-0": { name: "Sonde zeigt 0", effect: "Genau 0, was auch immer das Wasser tut." },
  "probe-reads-minus-1": { name: "Sonde zeigt -1", effect: "Genau -1." },
  "probe-reads-85": { name: "Thermometer zeigt 85 °C", effect: "Das sagt ein DS18B20 nach Stromausfall." },
  "probe-reads-127-94": {
    name: "Thermometer zeigt 127,94 °C",
    effect: "Das sagt eines, dessen Versorgung zusammenbricht.",
  },
  "probe-reads-minus-7-1": {
    name: "Thermometer zeigt -7,1 °C",
    effect: "Wie in der echten Aufzeichnung einer toten Sonde.",
  },
  "one-sample-spike": { name: "Ein Ausreißer", effect: "Nur die nächste Messung liegt weit daneben." },
  "eintr-bursts": { name: "Fehler in Schüben", effect: "Fällt in den ersten 20 s jeder Minute aus." },
  "slow-drift": { name: "Langsame Drift", effect: "Die Sonde läuft jede Stunde ein wenig davon." },
  "probe-out-of-water": { name: "Sonde aus dem Wasser", effect: "Sie misst die Luft." },
  "ph-dead-flat": { name: "pH-Sonde tot", effect: "Ein starrer Wert zwischen 3 und 5." },
  "calibration-visit": {
    name: "Kalibrierung",
    effect: "Fünf Minuten in Puffer 7, fünf in Puffer 10, dann zurück.",
  },
  "heater-relay-stuck-on": {
    name: "Heizerrelais klebt an",
    effect: "Es heizt, was auch immer die Steckdose sagt.",
  },
  "heater-relay-stuck-off": {
    name: "Heizerrelais klebt aus",
    effect: "Es heizt nicht, was auch immer die Steckdose sagt.",
  },
  "heater-degraded": { name: "Heizer schwach", effect: "Ein Fünftel seiner Leistung." },
  "plug-unreachable-1-min": {
    name: "Steckdose eine Minute weg",
    effect: "Sie bleibt, wie sie war, und lässt sich nicht schalten.",
  },
  "plug-unreachable-1-h": {
    name: "Steckdose eine Stunde weg",
    effect: "Sie bleibt, wie sie war, und lässt sich nicht schalten.",
  },
  "plug-unreachable-for-good": {
    name: "Steckdose für immer weg",
    effect: "Sie bleibt, wie sie war, und lässt sich nicht schalten.",
  },
  "plug-toggled-by-hand": { name: "Steckdose von Hand geschaltet", effect: "Jemand hat sie einmal umgeschaltet." },
  "cooler-dead": { name: "Kühler tot", effect: "Er läuft und kühlt nicht." },
  "float-stuck-wet": { name: "Schwimmer hängt oben", effect: "Der Stand zeigt voll." },
  "float-stuck-dry": { name: "Schwimmer hängt unten", effect: "Der Stand zeigt leer." },
  "pump-dry": { name: "Nachfüllpumpe trocken", effect: "Sie läuft und fördert nichts." },
  siphon: { name: "Heber", effect: "Ein Schlauch läuft weiter, nachdem seine Pumpe steht." },
  "reservoir-empty": { name: "Vorrat leer", effect: "Kein Wasser zum Nachfüllen." },
  "return-stopped": { name: "Rückförderung steht", effect: "Kein Durchfluss, was auch immer die Steckdose sagt." },
  leak: { name: "Leck", effect: "30 L in der Stunde auf den Boden." },
  "dose-pump-slow": { name: "Dosierpumpe langsam", effect: "Die halbe Förderung." },
  "dose-pump-short": { name: "Dosierpumpe endet zu früh", effect: "Sie bleibt nach 3 s von selbst stehen." },
  "dose-pump-running-on": {
    name: "Dosierpumpe läuft nach",
    effect: "Sie läuft nach dem Ausschalten 30 s weiter.",
  },
  "heat-wave": { name: "Hitzewelle", effect: "Der Raum wird binnen Stunden 9 °C wärmer." },
  "cold-snap": { name: "Kälteeinbruch", effect: "Der Raum wird binnen Stunden 10 °C kälter." },
  hang: { name: "Hängt", effect: "Das Lesen der Sensoren kommt nie zurück." },
  unplugged: { name: "Ausgesteckt", effect: "Nichts antwortet mehr." },
};
