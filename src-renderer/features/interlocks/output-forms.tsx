import type { JSX } from "react";
import type { Channel } from "#contract/channels.ts";
import { EquipmentForm } from "./equipment-form.tsx";
import styles from "./interlocks.module.css";
import { PermissivesForm } from "./permissives-form.tsx";
import { ProtectionForm } from "./protection-form.tsx";

/** Everything that can be set of what protects an output. */
export function OutputForms({ channel }: { readonly channel: Channel }): JSX.Element {
  return (
    <div className={styles["forms"]}>
      <PermissivesForm channel={channel} />
      <ProtectionForm channel={channel} />
      <EquipmentForm channel={channel} />
    </div>
  );
}
