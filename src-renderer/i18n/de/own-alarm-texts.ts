/**
 * What the core offers as an alarm's response, cause and consequence, in German, by its own English sentence
 * (src-main/domain/alarms). A keeper's own words stay as he wrote them.
 */
export const ownAlarmTexts: Readonly<Record<string, string>> = {
  // Leak and overflow
  "Find the water and stop it; pull the plug of what pumps it, then dry the sensor and reset this alarm.":
    "Das Wasser finden und stoppen; den Stecker dessen ziehen, was es pumpt, dann den Sensor trocknen und diesen Alarm zurücksetzen.",
  "A hose, a seal or a siphon; a top-off or a water change that runs on; a skimmer that overflows.":
    "Ein Schlauch, eine Dichtung oder ein Heber; eine Nachfüllung oder ein Wasserwechsel, der weiterläuft; ein Abschäumer, der überläuft.",
  "Water on the floor and near electricity; the return may run dry.":
    "Wasser auf dem Boden und nahe am Strom; die Rückförderung kann trockenlaufen.",
  "Look for what fills the sump; stop the top-off, lower the level, then reset this alarm.":
    "Suchen, was das Technikbecken füllt; die Nachfüllung stoppen, den Stand senken, dann diesen Alarm zurücksetzen.",
  "A top-off that runs on, a siphon, or more back-drain than the sump can take.":
    "Eine Nachfüllung, die weiterläuft, ein Heber, oder mehr Rücklauf, als das Technikbecken fasst.",
  "The sump overflows; fresh water dilutes the tank.":
    "Das Technikbecken läuft über; Süßwasser verdünnt das Becken.",
  // Probes
  "Look at the probe and its plug: what it says cannot be, and nothing acts on it.":
    "Fühler und Stecker ansehen: Was er meldet, kann nicht sein, und nichts richtet sich danach.",
  "A dead or unplugged probe, one out of the water, or a bad connection.":
    "Ein toter oder abgezogener Fühler, einer außerhalb des Wassers, oder ein schlechter Kontakt.",
  "What is controlled by it stays off; its limits are watched by nobody.":
    "Was er regelt, bleibt aus; über seine Grenzen wacht niemand.",
  "Check the device's power and connection: nothing new came from this probe.":
    "Strom und Verbindung des Geräts prüfen: Von diesem Fühler kam nichts Neues.",
  "The device lost its power or its network, or hangs.":
    "Das Gerät hat keinen Strom oder kein Netz mehr, oder es hängt.",
  // Temperature
  "Check that the heater has power and is on, and that water flows past it.":
    "Prüfen, ob der Heizer Strom hat und an ist, und ob Wasser an ihm vorbeifließt.",
  "Heater without power, broken or too small; a cold room; cold water poured in.":
    "Heizer ohne Strom, defekt oder zu klein; ein kalter Raum; kaltes Wasser eingefüllt.",
  "Below 20 °C animals die within hours.": "Unter 20 °C sterben Tiere binnen Stunden.",
  "Check that the heater is off; cool the room, open the lid, aim a fan at the water.":
    "Prüfen, ob der Heizer aus ist; den Raum kühlen, den Deckel öffnen, einen Lüfter aufs Wasser richten.",
  "Heater stuck on, a hot room, a chiller without power, pumps that heat.":
    "Heizer hängt an, ein heißer Raum, ein Kühler ohne Strom, Pumpen, die heizen.",
  "Less oxygen; corals bleach above 30 °C, fish die above 32 °C.":
    "Weniger Sauerstoff; über 30 °C bleichen Korallen, über 32 °C sterben Fische.",
  "Look at heater, chiller and room now: the water moves faster than any of them should move it.":
    "Jetzt nach Heizer, Kühler und Raum sehen: Die Temperatur bewegt sich schneller, als einer davon sie bewegen sollte.",
  "A heater stuck on or off, cold water poured in, a window or a lid left open, a probe out of the water.":
    "Ein Heizer, der an oder aus hängt, kaltes Wasser eingefüllt, ein offenes Fenster oder ein offener Deckel, ein Fühler außerhalb des Wassers.",
  "At this speed the limit is passed within the hour; fast changes stress fish and corals by themselves.":
    "So schnell ist die Grenze binnen einer Stunde überschritten; rasche Änderungen belasten Fische und Korallen schon für sich.",
  "Look at heater, chiller and room while there is time: the water keeps moving one way.":
    "Nach Heizer, Kühler und Raum sehen, solange Zeit ist: Die Temperatur bewegt sich immer weiter in eine Richtung.",
  "A heater that is stuck or cannot keep up, a return pump that stands still, a room that heats or cools.":
    "Ein Heizer, der hängt oder nicht nachkommt, eine Rückförderpumpe, die steht, ein Raum, der sich erwärmt oder abkühlt.",
  "The tank leaves its limits in a few hours.": "In wenigen Stunden verlässt das Becken seine Grenzen.",
  // pH
  "Stop the dosing, look for what went into the water, and verify with a test kit.":
    "Die Dosierung stoppen, suchen, was ins Wasser kam, und mit einem Test nachmessen.",
  "An overdose of alkalinity or kalkwasser, acid, much CO2, or a probe that fails.":
    "Zu viel KH oder Kalkwasser, Säure, viel CO2, oder ein Fühler, der versagt.",
  "Precipitation and burnt gills within hours.": "Ausfällungen und verätzte Kiemen binnen Stunden.",
  "Air the room and check the skimmer's air intake and the dosing; verify with a test kit.":
    "Den Raum lüften, Luftansaugung des Abschäumers und Dosierung prüfen; mit einem Test nachmessen.",
  "CO2 in the room, little gas exchange, low alkalinity, a probe that needs calibration.":
    "CO2 im Raum, wenig Gasaustausch, niedrige KH, ein Fühler, der kalibriert werden muss.",
  "Corals stop growing; below 7.6 skeletons dissolve.":
    "Korallen hören auf zu wachsen; unter 7,6 lösen sich Skelette auf.",
  "Stop dosing alkaline parts and verify with a test kit.":
    "Alkalisches nicht weiter dosieren und mit einem Test nachmessen.",
  "Too much kalkwasser or alkalinity, or a probe that needs calibration.":
    "Zu viel Kalkwasser oder KH, oder ein Fühler, der kalibriert werden muss.",
  "Calcium carbonate precipitates; pumps seize and alkalinity crashes.":
    "Kalk fällt aus; Pumpen setzen sich fest, und die KH bricht ein.",
  // ORP
  "Look for something dead or much food in the water, and check ozone and skimmer.":
    "Nach etwas Totem oder viel Futter im Wasser sehen, Ozon und Abschäumer prüfen.",
  "A dead animal, overfeeding, ozone out of control, hands or medicine in the water.":
    "Ein totes Tier, Überfütterung, Ozon außer Kontrolle, Hände oder Medizin im Wasser.",
  "A quick fall often comes before lack of oxygen.": "Ein rascher Abfall kommt oft vor Sauerstoffmangel.",
  "Look for something dead or overfed, and check the skimmer.":
    "Nach etwas Totem oder Überfüttertem sehen und den Abschäumer prüfen.",
  "Something dead, overfeeding, a skimmer that stands still.":
    "Etwas Totes, Überfütterung, ein Abschäumer, der steht.",
  "Water quality falls; oxygen may follow at night.":
    "Die Wasserqualität sinkt; nachts kann der Sauerstoff folgen.",
  "Turn off ozone, and check the probe.": "Ozon abschalten und den Fühler prüfen.",
  "Too much ozone, or a probe that drifts.": "Zu viel Ozon, oder ein Fühler, der driftet.",
  "Residual oxidants harm gills and corals.": "Restoxidantien schaden Kiemen und Korallen.",
  // Salinity
  "Stop the top-off and any water change, and measure with a refractometer.":
    "Nachfüllung und Wasserwechsel stoppen und mit dem Refraktometer messen.",
  "A top-off that runs on, a water change with other water, a probe with air bubbles.":
    "Eine Nachfüllung, die weiterläuft, ein Wasserwechsel mit anderem Wasser, ein Fühler mit Luftblasen.",
  "Osmotic shock: fish and invertebrates first.": "Osmotischer Schock: zuerst Fische und Wirbellose.",
  "Check that the top-off is not running on, and measure with a refractometer.":
    "Prüfen, ob die Nachfüllung weiterläuft, und mit dem Refraktometer messen.",
  "A top-off that runs on, a skimmer that takes out salt water, rain water by mistake.":
    "Eine Nachfüllung, die weiterläuft, ein Abschäumer, der Salzwasser austrägt, versehentlich Regenwasser.",
  "Osmotic stress; below 28 ppt animals die.": "Osmotischer Stress; unter 28 ppt sterben Tiere.",
  "Check the top-off and its reservoir, and measure with a refractometer.":
    "Nachfüllung und Vorrat prüfen und mit dem Refraktometer messen.",
  "An empty reservoir, a top-off that is blocked or latched, too much salt in new water.":
    "Ein leerer Vorrat, eine blockierte oder gesperrte Nachfüllung, zu viel Salz im neuen Wasser.",
  "Osmotic stress; above 42 ppt animals die.": "Osmotischer Stress; über 42 ppt sterben Tiere.",
  // Outputs
  "Go to the device and see what it really does; pull its plug where it should be off. Then reset the fault.":
    "Zum Gerät gehen und sehen, was es wirklich tut; den Stecker ziehen, wo es aus sein sollte. Dann die Störung zurücksetzen.",
  "A relay that sticks, a plug without network or power, a pump that runs dry, a limit that was hit.":
    "Ein Relais, das klebt, eine Steckdose ohne Netz oder Strom, eine Pumpe, die trockenläuft, eine erreichte Begrenzung.",
  "The tank is not heated, cooled, filled or dosed as decided; or without an end.":
    "Das Becken wird nicht wie entschieden geheizt, gekühlt, gefüllt oder dosiert; oder ohne Ende.",
  "Clean the pump and its intake, and look at its flow.":
    "Pumpe und Ansaugung reinigen und den Durchfluss ansehen.",
  "A clogged intake, calcified bearings, air in the pump, or it stood still for hours.":
    "Eine verstopfte Ansaugung, verkalkte Lager, Luft in der Pumpe, oder sie stand stundenlang.",
  "Flow falls slowly, until it stops.": "Der Durchfluss sinkt langsam, bis er aufhört.",
  // Loops
  "Look at heater and probes, and compare with another thermometer.":
    "Heizer und Fühler ansehen und mit einem anderen Thermometer vergleichen.",
  "A heater that is too weak or failing, a probe that drifts, a room that is too cold or too hot.":
    "Ein Heizer, der zu schwach ist oder versagt, ein Fühler, der driftet, ein zu kalter oder zu heißer Raum.",
  "The temperature leaves its limits in hours, or is held at a wrong one.":
    "Die Temperatur verlässt in Stunden ihre Grenzen, oder sie wird falsch gehalten.",
  "Look at sump, reservoir and level sensors.": "Technikbecken, Vorrat und Standsensoren ansehen.",
  "An empty reservoir, a level sensor that fails, water where none should be.":
    "Ein leerer Vorrat, ein Standsensor, der versagt, Wasser, wo keines sein sollte.",
  "The sump runs low and salinity rises; or it overflows.":
    "Das Technikbecken läuft leer, und die Salinität steigt; oder es läuft über.",
  "Look at the pump, its container and its hose.": "Pumpe, Behälter und Schlauch ansehen.",
  "An empty container, a pump that lost its prime, something that kept it from dosing.":
    "Ein leerer Behälter, eine Pumpe, die Luft gezogen hat, etwas, das sie vom Dosieren abhielt.",
  "Alkalinity and calcium fall day by day.": "KH und Calcium sinken Tag für Tag.",
  "Do what the rule was made for.": "Tun, wofür die Regel da ist.",
  "What its conditions say.": "Was ihre Bedingungen sagen.",
  "As whoever made the rule knows.": "Das weiß, wer die Regel gemacht hat.",
  "Compare the probe with another thermometer, and look at the heater and at the room.":
    "Den Fühler mit einem anderen Thermometer vergleichen, nach Heizer und Raum sehen.",
  "A cold spell, a lid left open, a heater that weakens, a probe that drifts and reads low.":
    "Ein Kälteeinbruch, ein offener Deckel, ein Heizer, der nachlässt, ein Fühler, der driftet und zu wenig zeigt.",
  "A heater at its limit fails in the first cold night; a probe that reads low cooks the tank.":
    "Ein Heizer an seiner Grenze versagt in der ersten kalten Nacht; ein Fühler, der zu wenig zeigt, überhitzt das Becken.",
  "Look for water where none should be, and at lid, fans and skimmer.":
    "Nach Wasser sehen, wo keines sein sollte, und nach Deckel, Lüftern und Abschäumer.",
  "A slow leak, a fan that was added, dry air, a skimmer that runs over.":
    "Ein langsames Leck, ein neuer Lüfter, trockene Luft, ein Abschäumer, der überläuft.",
  "The reservoir is empty sooner than planned; what leaks takes salt with it.":
    "Der Vorrat ist früher leer als geplant; was ausläuft, nimmt Salz mit.",
  "Fill the reservoir today.": "Den Vorrat heute auffüllen.",
  "It was not filled; more evaporates than usual; a slow leak.":
    "Er wurde nicht gefüllt; es verdunstet mehr als sonst; ein langsames Leck.",
  "When it is empty the sump runs low and salinity rises.":
    "Ist er leer, sinkt der Stand im Technikbecken, und die Salinität steigt.",
  // The controller
  "Check the power and the connection of the devices that are named; start polling where it was stopped.":
    "Strom und Verbindung der genannten Geräte prüfen; die Abfrage starten, wo sie angehalten wurde.",
  "A device without power or network, a bus that hangs, polling that was stopped by hand.":
    "Ein Gerät ohne Strom oder Netz, ein Bus, der hängt, eine von Hand angehaltene Abfrage.",
  "What those devices measure is watched by nobody; what depends on it stays off.":
    "Über das, was diese Geräte messen, wacht niemand; was davon abhängt, bleibt aus.",
  "Look at the database server and its disk; restart the program if it does not come back.":
    "Nach dem Datenbankserver und seinem Datenträger sehen; das Programm neu starten, wenn er nicht wiederkommt.",
  "PostgreSQL stopped or hangs, the network to it is gone, its disk is full.":
    "PostgreSQL steht oder hängt, das Netz dorthin ist weg, sein Datenträger ist voll.",
  "Control goes on; history waits in the local store until that is full.":
    "Die Regelung geht weiter; der Verlauf wartet im lokalen Speicher, bis der voll ist.",
  "Check the network and the time server; set the clock.": "Netz und Zeitserver prüfen; die Uhr stellen.",
  "No network since the start, a clock without battery, a time server that is away.":
    "Kein Netz seit dem Start, eine Uhr ohne Batterie, ein Zeitserver, der nicht da ist.",
  "Schedules run at wrong times; nothing is dosed until the time is known.":
    "Zeitpläne laufen zur falschen Zeit; nichts wird dosiert, bis die Zeit bekannt ist.",
  "Make room on the disk, or attach a larger one.":
    "Platz auf dem Datenträger schaffen, oder einen größeren anschließen.",
  "Years of history, other programs' files, logs.": "Jahre an Verlauf, Dateien anderer Programme, Protokolle.",
  "History is lost; later the tank's memory cannot be written either, and dosing stops.":
    "Verlauf geht verloren; später lässt sich auch das Gedächtnis des Beckens nicht schreiben, und das Dosieren hört auf.",
  "Check the card or disk the data folder is on; restore a backup if it is damaged.":
    "Karte oder Datenträger mit dem Datenordner prüfen; eine Sicherung einspielen, wenn er beschädigt ist.",
  "A worn or full card, a file that was damaged.": "Eine verschlissene oder volle Karte, eine beschädigte Datei.",
  "Latches, sign-ins and alarms are forgotten at the next restart; capped outputs stay off.":
    "Sperren, Anmeldungen und Alarme sind nach dem nächsten Neustart vergessen; begrenzte Ausgänge bleiben aus.",
  "Use the power supply made for this board, and unplug what hangs on its USB ports.":
    "Das Netzteil verwenden, das zu dieser Platine gehört, und abziehen, was an ihren USB-Anschlüssen hängt.",
  "A weak power supply or cable.": "Ein schwaches Netzteil oder Kabel.",
  "The controller slows down, damages its card, or restarts at random.":
    "Die Steuerung wird langsam, beschädigt ihre Karte oder startet unversehens neu.",
  "Read the log for why the program ended three times; end safe mode when that is mended.":
    "Im Protokoll lesen, warum das Programm dreimal endete; den sicheren Betrieb beenden, wenn das behoben ist.",
  "The program crashed three times in ten minutes.": "Das Programm ist in zehn Minuten dreimal abgestürzt.",
  "Only life support runs: no rules, no schedules, no dosing.":
    "Nur das Lebenswichtige läuft: keine Regeln, keine Zeitpläne, keine Dosierung.",
};
