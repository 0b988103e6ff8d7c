import { Cpu, FlaskConical, Plug, SlidersVertical, Thermometer, ToggleLeft } from "lucide-react";
import type { JSX } from "react";
import type { DeviceType } from "#contract/devices.ts";
import styles from "./devices.module.css";

const ICON_OF = {
  probe: Thermometer,
  outlet: Plug,
  dimmer: SlidersVertical,
  digital: ToggleLeft,
  simulation: FlaskConical,
  system: Cpu,
} as const satisfies Record<DeviceType["category"], unknown>;

/** What kind of thing a device is, at a glance; its type is said in words beside it. */
export function TypeIcon({ category }: { readonly category: DeviceType["category"] | null }): JSX.Element {
  const Icon = category === null ? Plug : ICON_OF[category];
  return (
    <span className={styles["icon"]} aria-hidden="true">
      <Icon />
    </span>
  );
}
