import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { JSX } from "react";
import type { NotificationTarget } from "#contract/notifications.ts";
import { useFormats } from "../../i18n/formats.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { deliveryState } from "./delivery-state.ts";
import styles from "./notifications.module.css";

const ICONS = { never: CircleDashed, sent: CircleCheck, failing: CircleAlert };

/** Whether its messages arrive: the last one, what waits, and why. */
export function DeliveryWords({ delivery }: Pick<NotificationTarget, "delivery">): JSX.Element {
  const { t } = useTranslation("notifications");
  const formats = useFormats();
  const state = deliveryState(delivery);
  const Icon = ICONS[state];
  const { waiting, lastSentAt, lastFailedAt, lastError } = delivery;
  const time = (at: string | null): string => (at === null ? "–" : formats.dateTime(Date.parse(at)));
  return (
    <div className={styles["delivery"]} data-state={state}>
      <Icon aria-hidden="true" />
      <div>
        <p>
          {state === "never" && t("delivery.never")}
          {state === "sent" && t("delivery.sent", { time: time(lastSentAt) })}
          {state === "failing" && t("delivery.failed", { time: time(lastFailedAt) })}
        </p>
        {state === "failing" && lastError !== null && <p>{lastError}</p>}
        {waiting > 0 && <p>{t("delivery.waiting", { count: waiting })}</p>}
      </div>
    </div>
  );
}
