import { common } from "./de/common.ts";
import { equipment } from "./de/equipment.ts";
import { kiosk } from "./de/kiosk.ts";
import { session } from "./de/session.ts";
import { tank } from "./de/tank.ts";

/** What the first screen says, and each dialog it opens. */
export const firstGerman = { common, tank, equipment, session, kiosk };
