import type { JSX } from "react";
import { Link, useSearch } from "wouter";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { Page } from "../shell/page.tsx";
import styles from "./devices.module.css";
import { NewDeviceForm } from "./new-device-form.tsx";
import { TypePicker } from "./type-picker.tsx";
import { useDeviceTypes } from "./use-facts.ts";

const HREF = "/settings/devices/new";

/** First what it is, then its parameters. The chosen type is in the address, so that back goes to the choice. */
export function NewDevicePage(): JSX.Element {
  const { t } = useTranslation("devices");
  const { value: types, problem, retry } = useDeviceTypes();
  const wanted = new URLSearchParams(useSearch()).get("type");
  const chosen = types?.find(({ type }) => type === wanted) ?? null;
  return (
    <Page
      title={t("new.title")}
      parent={
        wanted === null ? { href: "/settings/devices", title: t("title") } : { href: HREF, title: t("new.change") }
      }
    >
      {problem !== null && <Failure problem={problem} onRetry={retry} />}
      {types === null && problem === null && <Loading lines={6} />}
      {types !== null && wanted === null && <TypePicker types={types} hrefOf={(type) => `${HREF}?type=${type}`} />}
      {types !== null && wanted !== null && chosen === null && (
        <Empty title={t("new.unknownType")}>
          <Link href={HREF} className={styles["textLink"]}>
            {t("new.change")}
          </Link>
        </Empty>
      )}
      {chosen !== null && <NewDeviceForm key={chosen.type} type={chosen} />}
    </Page>
  );
}
