import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Page } from "../shell/page.tsx";
import { OwnAccount } from "./own-account.tsx";
import styles from "./settings.module.css";
import { UserList } from "./user-list.tsx";

/** Who may come in, and one's own password and PIN. */
export function UsersPage(): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <Page
      title={t("users.title")}
      lead={t("users.lead")}
      parent={{ href: "/settings", title: t("common:nav.settings") }}
    >
      <div className={styles["columns"]}>
        <UserList />
        <OwnAccount />
      </div>
    </Page>
  );
}
