import type { JSX } from "react";
import { Link } from "wouter";
import type { Loop } from "#contract/loops.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTank } from "../../stores/tank.ts";
import { Page } from "../shell/page.tsx";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import { DeleteLoop } from "./delete-loop.tsx";
import { LoopCard } from "./loop-card.tsx";
import { draftOf } from "./loop-draft.ts";
import styles from "./loop-form.module.css";
import { LoopForm } from "./loop-form.tsx";

/** One loop: what it does now, what it went by in the last day, and everything that can be set of it. */
export function LoopPage({ loopId }: { readonly loopId: string }): JSX.Element {
  const { t } = useTranslation("control");
  const loop = useTank((s) => s.loops.get(loopId));
  const isTold = useTank(isDevicesTold);
  const parent = { href: "/control", title: t("title") };
  if (loop === undefined || !isTold) {
    return (
      <Page title={isTold ? t("gone") : t("title")} parent={parent}>
        {isTold ? (
          <Empty title={t("gone")}>
            <p>{t("goneHelp")}</p>
            <Link href="/control">{t("toControl")}</Link>
          </Empty>
        ) : (
          <Loading lines={6} />
        )}
      </Page>
    );
  }
  return <Known key={loop.id} loop={loop} />;
}

function Known({ loop }: { readonly loop: Loop }): JSX.Element {
  const { t } = useTranslation("control");
  return (
    <Page title={loop.name} lead={t(`typeHelp.${loop.type}`)} parent={{ href: "/control", title: t("title") }}>
      <LoopCard loop={loop} isOpen />
      <LoopForm initial={draftOf(loop)} loopId={loop.id} />
      <div className={styles["delete"]}>
        <DeleteLoop loop={loop} />
      </div>
    </Page>
  );
}
