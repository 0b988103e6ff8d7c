import { ChevronRight, Plus } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { NotificationTarget } from "#contract/notifications.ts";
import { CardGrid } from "../../components/card-grid.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { useMay } from "../../stores/session.ts";
import { useAnswer } from "../devices/use-answer.ts";
import { Page } from "../shell/page.tsx";
import { CommonForm } from "./common-form.tsx";
import { DeliveryWords } from "./delivery-words.tsx";
import styles from "./notifications.module.css";
import { placeOf } from "./target-draft.ts";
import { TargetIcon } from "./target-icon.tsx";
import { TestButton } from "./test-button.tsx";

const AGAIN_MS = 10_000;
const HREF = "/settings/notifications";
const askForTargets = async () => (await core.api.notifications.list.query({})).items;

/** Who is told of an alarm, by which way, and whether that works. */
export function NotificationsPage(): JSX.Element {
  const { t } = useTranslation(["notifications", "common"]);
  const isAdmin = useMay("admin");
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      parent={{ href: "/settings", title: t("common:nav.settings") }}
      actions={
        isAdmin && (
          <Link className={styles["add"]} href={`${HREF}/new`}>
            <Plus aria-hidden="true" />
            {t("add")}
          </Link>
        )
      }
    >
      {isAdmin ? (
        <>
          <Targets />
          <CommonForm />
        </>
      ) : (
        <Empty title={t("adminsOnly")}>{t("adminsOnlyHelp")}</Empty>
      )}
    </Page>
  );
}

function Targets(): JSX.Element {
  const { t } = useTranslation("notifications");
  const { value: targets, problem, retry } = useAnswer(askForTargets, AGAIN_MS);
  if (targets === null)
    return problem === null ? <Loading lines={5} /> : <Failure problem={problem} onRetry={retry} />;
  if (targets.length === 0) {
    return (
      <Empty title={t("none")}>
        <p>{t("noneHelp")}</p>
        <Link href={`${HREF}/new`}>{t("add")}</Link>
      </Empty>
    );
  }
  return (
    <>
      {problem !== null && <Failure problem={problem} onRetry={retry} />}
      <CardGrid isWide label={t("title")}>
        {targets.map((target) => (
          <li key={target.id}>
            <TargetCard target={target} onTested={retry} />
          </li>
        ))}
      </CardGrid>
    </>
  );
}

interface TargetCardProps {
  readonly target: NotificationTarget;
  readonly onTested: () => void;
}

function TargetCard({ target, onTested }: TargetCardProps): JSX.Element {
  const { t } = useTranslation<"notifications", "alarms">(["notifications", "alarms"]);
  const { channel, priorities, quietHours, isEnabled, escalatesAfterS } = target;
  const place = placeOf(channel);
  const told = priorities.map((priority) => t(`alarms:priority.${priority}`)).join(", ");
  const facts = [
    isEnabled ? t("told", { priorities: told }) : t("off"),
    escalatesAfterS > 0 ? t("after", { minutes: Math.round(escalatesAfterS / 60) }) : null,
    quietHours === null ? null : t("quietBetween", quietHours),
  ].filter((fact) => fact !== null);
  return (
    <article className={styles["card"]} data-off={!isEnabled || undefined} aria-label={target.name}>
      <Link href={`${HREF}/${target.id}`} className={styles["head"]}>
        <span className={styles["icon"]}>
          <TargetIcon type={channel.type} />
        </span>
        <span className={styles["words"]}>
          <strong>{target.name}</strong>
          <small>{place === null ? t(`type.${channel.type}`) : `${t(`type.${channel.type}`)} · ${place}`}</small>
        </span>
        <ChevronRight aria-hidden="true" />
      </Link>
      <p className={styles["facts"]}>{facts.join(" · ")}</p>
      <DeliveryWords delivery={target.delivery} />
      <TestButton id={target.id} onTested={onTested} />
    </article>
  );
}
