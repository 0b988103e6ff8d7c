import { alarms } from "./en/alarms.ts";
import { channel } from "./en/channel.ts";
import { control } from "./en/control.ts";
import { devices } from "./en/devices.ts";
import { interlocks } from "./en/interlocks.ts";
import { modes } from "./en/modes.ts";
import { notifications } from "./en/notifications.ts";
import { settings } from "./en/settings.ts";
import { survival } from "./en/survival.ts";
import { whatIf } from "./en/what-if.ts";

/** What the other pages say: fetched with the first of them. */
export const furtherEnglish = {
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
