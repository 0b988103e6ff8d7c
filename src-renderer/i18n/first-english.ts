import { common } from "./en/common.ts";
import { equipment } from "./en/equipment.ts";
import { kiosk } from "./en/kiosk.ts";
import { session } from "./en/session.ts";
import { tank } from "./en/tank.ts";

/** What the first screen says, and each dialog it opens. */
export const firstEnglish = { common, tank, equipment, session, kiosk };
