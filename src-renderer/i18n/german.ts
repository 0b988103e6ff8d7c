import { channel } from "./de/channel.ts";
import { common } from "./de/common.ts";
import { devices } from "./de/devices.ts";
import { equipment } from "./de/equipment.ts";
import { kiosk } from "./de/kiosk.ts";
import { session } from "./de/session.ts";
import { settings } from "./de/settings.ts";
import { tank } from "./de/tank.ts";

/** Every namespace of the app. */
export const de = { common, tank, channel, devices, equipment, session, settings, kiosk };
