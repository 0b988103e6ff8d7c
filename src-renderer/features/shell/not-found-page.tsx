import type { JSX } from "react";
import { Link } from "wouter";
import { Empty } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Page } from "./page.tsx";

export function NotFoundPage(): JSX.Element {
  const { t } = useTranslation();
  return (
    <Page title={t("state.notFound")}>
      <Empty title={t("state.notFound")}>
        <p>{t("state.notFoundHelp")}</p>
        <Link href="/">{t("state.toTank")}</Link>
      </Empty>
    </Page>
  );
}
