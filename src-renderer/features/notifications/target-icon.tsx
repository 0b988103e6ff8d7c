import { BellRing, Mail, Monitor, Network, Webhook } from "lucide-react";
import type { ComponentType, JSX } from "react";
import type { TargetType } from "./target-draft.ts";

const ICONS: Readonly<Record<TargetType, ComponentType<{ readonly "aria-hidden": "true" }>>> = {
  desktop: Monitor,
  mail: Mail,
  webhook: Webhook,
  ntfy: BellRing,
  mqtt: Network,
};

export function TargetIcon({ type }: { readonly type: TargetType }): JSX.Element {
  const Icon = ICONS[type];
  return <Icon aria-hidden="true" />;
}
