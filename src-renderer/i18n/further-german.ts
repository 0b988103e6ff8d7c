import { alarms } from "./de/alarms.ts";
import { channel } from "./de/channel.ts";
import { control } from "./de/control.ts";
import { devices } from "./de/devices.ts";
import { interlocks } from "./de/interlocks.ts";
import { modes } from "./de/modes.ts";
import { notifications } from "./de/notifications.ts";
import { settings } from "./de/settings.ts";
import { survival } from "./de/survival.ts";
import { whatIf } from "./de/what-if.ts";

/** What the other pages say: fetched with the first of them. */
export const furtherGerman = {
  alarms,
  channel,
  control,
  devices,
  interlocks,
  modes,
  notifications,
  settings,
  survival,
  whatIf,
};
