import { Plus } from "lucide-react";
import type { JSX } from "react";
import { ButtonLink } from "../../components/button-link.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Page } from "../shell/page.tsx";
import { ModeList } from "./mode-list.tsx";

/** Every mode, and the way to one more. */
export function ModesPage(): JSX.Element {
  const { t } = useTranslation(["modes", "control"]);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      parent={{ href: "/control", title: t("control:title") }}
      actions={
        <ButtonLink href="/control/modes/new">
          <Plus aria-hidden="true" />
          {t("add")}
        </ButtonLink>
      }
    >
      <ModeList />
    </Page>
  );
}
