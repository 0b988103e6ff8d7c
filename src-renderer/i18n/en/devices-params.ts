/** What a driver's parameters are called and mean, by driver type and parameter; what is missing here the driver says itself. */
export const params = {
  "simulated-tank": {
    seed: { label: "Seed", help: "Same seed, same weather and same noise.", shape: "" },
    volumeL: { label: "Volume", help: "Display and sump together.", shape: "" },
    heaterW: { label: "Heater", help: "What it draws while it heats.", shape: "" },
    chillerW: { label: "Chiller", help: "The heat it moves.", shape: "" },
    hasHeaterOutlet: {
      label: "An outlet upstream of the heater",
      help: "One that cuts it off where its own relay is welded.",
      shape: "",
    },
    hasDoserMeter: { label: "A power meter at the doser", help: "", shape: "" },
    hasSumpFloats: { label: "Floats in the sump", help: "One at the level it keeps, one above it.", shape: "" },
    reservoirL: { label: "Reservoir", help: "Of top-off water. Empty: a tenth of the volume.", shape: "" },
    startC: { label: "Temperature at the start", help: "Of the water when the tank is set up.", shape: "" },
    resolutionBits: { label: "Thermometers' resolution", help: "0.5 °C at 9 bit to 0.0625 °C at 12.", shape: "" },
    roomMinC: { label: "Room at night", help: "May change while the tank runs.", shape: "" },
    roomMaxC: { label: "Room in the afternoon", help: "May change while the tank runs.", shape: "" },
    evaporationPctPerDay: {
      label: "Evaporation",
      help: "Of the volume, in the mean. May change while the tank runs.",
      shape: "",
    },
    faults: { label: "Mishaps", help: "", shape: "" },
  },
  replay: {
    file: {
      label: "Recording",
      help: "Path of the file on the controller: Apex datalog XML or CSV, plain or .gz.",
      shape: "",
    },
    timezone: {
      label: "Time zone",
      help: "Of a CSV's times, like Europe/Berlin. An Apex datalog names its own.",
      shape: "",
    },
    loop: { label: "Start again at the end", help: "Otherwise the channels fall silent there.", shape: "" },
  },
  ds18b20: {
    romId: {
      label: "ROM id",
      help: "The thermometer's own number, like 28-00000a1b2c3d.",
      shape:
        "A ROM id is 28 (or 10, 22, 3b, 42), a hyphen, and twelve of 0–9 and small a–f, like 28-00000a1b2c3d.",
    },
    root: {
      label: "1-wire folder",
      help: "Where the kernel keeps its 1-wire tree. Right as it is on a Raspberry Pi.",
      shape: "",
    },
    resolutionBits: {
      label: "Resolution",
      help: "9 bit are 0.5 °C in 94 ms, 12 bit 0.0625 °C in 750 ms.",
      shape: "",
    },
  },
  host: {
    diskPath: {
      label: "Disk",
      help: "A folder on the disk whose use is watched.",
      shape: "This must be an absolute path, like /var/lib.",
    },
    thermalZonePath: {
      label: "CPU temperature file",
      help: "The kernel's file with it. Where it is missing there is no such channel.",
      shape: "This must be a path below /sys.",
    },
  },
} as const;

export const faultGroups = {
  probes: "Probes",
  equipment: "Heater, chiller and plugs",
  water: "Water",
  dosing: "Dosing",
  weather: "Weather",
  device: "The whole device",
  other: "Others",
} as const;

/** The simulated tank's mishaps, and what each does. */
export const faults = {
  "probe-vanishes": { name: "Probe vanishes", effect: "It does not answer any more." },
  "probe-reads-0": { name: "Probe reads 0", effect: "Exactly 0, whatever the water does." },
  "probe-reads-minus-1": { name: "Probe reads -1", effect: "Exactly -1." },
  "probe-reads-85": { name: "Thermometer reads 85 °C", effect: "What a DS18B20 says after losing power." },
  "probe-reads-127-94": { name: "Thermometer reads 127.94 °C", effect: "What one says whose supply breaks down." },
  "probe-reads-minus-7-1": {
    name: "Thermometer reads -7.1 °C",
    effect: "As in a real recording of a dead probe.",
  },
  "one-sample-spike": { name: "One spike", effect: "The next sample alone is far off." },
  "eintr-bursts": { name: "Bursts of errors", effect: "Fails in the first 20 s of every minute." },
  "slow-drift": { name: "Slow drift", effect: "The probe drifts away a little every hour." },
  "probe-out-of-water": { name: "Probe out of the water", effect: "It measures the air." },
  "ph-dead-flat": { name: "pH probe dead", effect: "One flat value between 3 and 5." },
  "calibration-visit": {
    name: "Calibration visit",
    effect: "Five minutes in buffer 7, five in buffer 10, then back.",
  },
  "heater-relay-stuck-on": { name: "Heater relay stuck on", effect: "It heats, whatever the plug says." },
  "heater-relay-stuck-off": {
    name: "Heater relay stuck off",
    effect: "It does not heat, whatever the plug says.",
  },
  "heater-degraded": { name: "Heater degraded", effect: "A fifth of its power." },
  "plug-unreachable-1-min": {
    name: "Plug away for a minute",
    effect: "It stays as it was and cannot be switched.",
  },
  "plug-unreachable-1-h": { name: "Plug away for an hour", effect: "It stays as it was and cannot be switched." },
  "plug-unreachable-for-good": {
    name: "Plug away for good",
    effect: "It stays as it was and cannot be switched.",
  },
  "plug-toggled-by-hand": { name: "Plug toggled by hand", effect: "Somebody switched it over once." },
  "cooler-dead": { name: "Chiller dead", effect: "It runs and cools nothing." },
  "float-stuck-wet": { name: "Float stuck wet", effect: "The level reads full." },
  "float-stuck-dry": { name: "Float stuck dry", effect: "The level reads empty." },
  "pump-dry": { name: "Top-off pump dry", effect: "It runs and moves nothing." },
  siphon: { name: "Siphon", effect: "A hose goes on running after its pump stopped." },
  "reservoir-empty": { name: "Reservoir empty", effect: "No water to top off with." },
  "return-stopped": { name: "Return stopped", effect: "No flow, whatever the plug says." },
  leak: { name: "Leak", effect: "30 L an hour onto the floor." },
  "dose-pump-slow": { name: "Doser slow", effect: "Half the flow." },
  "dose-pump-short": { name: "Doser stops early", effect: "It stops by itself after 3 s." },
  "dose-pump-running-on": { name: "Doser runs on", effect: "It goes on for 30 s after it was switched off." },
  "heat-wave": { name: "Heat wave", effect: "The room 9 °C warmer within hours." },
  "cold-snap": { name: "Cold snap", effect: "The room 10 °C colder within hours." },
  hang: { name: "Hangs", effect: "Reading the sensors never comes back." },
  unplugged: { name: "Unplugged", effect: "Nothing answers any more." },
} as const;
