import { ChevronRight } from "lucide-react";
import { type JSX, useCallback } from "react";
import { Link, useSearch } from "wouter";
import type { NotificationTarget } from "#contract/notifications.ts";
import { CardGrid } from "../../components/card-grid.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { DeleteButton } from "../control/form/delete-button.tsx";
import { Section } from "../control/form/section.tsx";
import { useAnswer } from "../devices/use-answer.ts";
import { Page } from "../shell/page.tsx";
import { DeliveryWords } from "./delivery-words.tsx";
import styles from "./notifications.module.css";
import { newTargetDraft, TARGET_TYPES, targetDraftOf } from "./target-draft.ts";
import { TargetForm } from "./target-form.tsx";
import { TargetIcon } from "./target-icon.tsx";
import { TestButton } from "./test-button.tsx";

const PARENT = "/settings/notifications";
const NEW = `${PARENT}/new`;

/** One way out, to be changed, tried or deleted. */
export function TargetPage({ targetId }: { readonly targetId: string }): JSX.Element {
  const { t } = useTranslation("notifications");
  const ask = useCallback(() => core.api.notifications.get.query({ id: targetId }), [targetId]);
  const { value: target, problem, retry } = useAnswer<NotificationTarget>(ask);
  const parent = { href: PARENT, title: t("title") };
  if (target === null) {
    return (
      <Page title={t("title")} parent={parent}>
        {problem === null ? <Loading lines={8} /> : <Failure problem={problem} onRetry={retry} />}
      </Page>
    );
  }
  return (
    <Page
      title={target.name}
      lead={t(`type.${target.channel.type}`)}
      parent={parent}
      actions={<DeleteTarget target={target} />}
    >
      <div className={styles["editor"]}>
        <TargetForm key={target.id} initial={targetDraftOf(target)} target={target} />
        <Section title={t("test.title")} lead={t("test.lead")}>
          <DeliveryWords delivery={target.delivery} />
          <TestButton id={target.id} onTested={retry} />
        </Section>
      </div>
    </Page>
  );
}

/** First by which way, then what that needs. */
export function NewTargetPage(): JSX.Element {
  const { t } = useTranslation("notifications");
  const asked = new URLSearchParams(useSearch()).get("type");
  const type = TARGET_TYPES.find((one) => one === asked) ?? null;
  return (
    <Page
      title={t("add")}
      lead={t(type === null ? "new.which" : "new.lead")}
      parent={type === null ? { href: PARENT, title: t("title") } : { href: NEW, title: t("new.change") }}
    >
      {type === null ? (
        <CardGrid isWide>
          {TARGET_TYPES.map((one) => (
            <li key={one}>
              <Link href={`${NEW}?type=${one}`} className={styles["choice"]}>
                <span className={styles["icon"]}>
                  <TargetIcon type={one} />
                </span>
                <span className={styles["words"]}>
                  <strong>{t(`type.${one}`)}</strong>
                  <small>{t(`typeHelp.${one}`)}</small>
                </span>
                <ChevronRight aria-hidden="true" />
              </Link>
            </li>
          ))}
        </CardGrid>
      ) : (
        <div className={styles["new"]}>
          <TargetForm key={type} initial={newTargetDraft(type, t(`firstName.${type}`))} target={null} />
        </div>
      )}
    </Page>
  );
}

function DeleteTarget({ target }: { readonly target: NotificationTarget }): JSX.Element {
  const { t } = useTranslation(["notifications", "common"]);
  const title = t("form.deleteTitle", { name: target.name });
  return (
    <DeleteButton
      words={{ open: t("form.delete"), title, doIt: t("common:action.delete") }}
      onDelete={() => core.api.notifications.delete.mutate({ id: target.id })}
      next={PARENT}
    >
      {t("form.deleteHelp")}
    </DeleteButton>
  );
}
