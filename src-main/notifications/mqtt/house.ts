import type { ChannelConfig } from "#contract/channels.ts";
import type { OutputsService } from "../../outputs/ports.ts";
import type { Readings } from "../../readings/ports.ts";
import type { AlarmDesk } from "../ports.ts";

/** What a smart home sees of the controller. */
export interface House {
  readonly controllerId: string;
  readonly version: string;
  readonly readings: Pick<Readings, "subscribe" | "latest">;
  readonly outputs: Pick<OutputsService, "list" | "onChange" | "override" | "clearOverride">;
  readonly alarms: AlarmDesk;
  channels(): readonly ChannelConfig[];
  tankName(): string;
}
