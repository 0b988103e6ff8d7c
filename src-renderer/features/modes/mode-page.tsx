import { type JSX, useState } from "react";
import { Link, useSearch } from "wouter";
import { ModeKind } from "#contract/mode-kinds.ts";
import type { ModeConfig } from "#contract/modes.ts";
import { Empty, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DeleteButton } from "../control/form/delete-button.tsx";
import { Page } from "../shell/page.tsx";
import { isDevicesTold } from "../tank/use-tank-status.ts";
import { modeDraftOf, newModeDraft } from "./mode-draft.ts";
import { ModeForm } from "./mode-form.tsx";
import { noteMode } from "./note-mode.ts";

const PARENT = "/control/modes";

/** One mode, to be changed or deleted. */
export function ModePage({ modeId }: { readonly modeId: string }): JSX.Element {
  const { t } = useTranslation("modes");
  const mode = useTank((s) => s.modes.get(modeId));
  const isTold = useTank(isDevicesTold);
  const parent = { href: PARENT, title: t("title") };
  if (mode === undefined || !isTold) {
    return (
      <Page title={isTold ? t("form.gone") : t("title")} parent={parent}>
        {isTold ? (
          <Empty title={t("form.gone")}>
            <p>{t("form.goneHelp")}</p>
            <Link href={PARENT}>{t("title")}</Link>
          </Empty>
        ) : (
          <Loading lines={6} />
        )}
      </Page>
    );
  }
  return (
    <Page title={mode.name} parent={parent} actions={<DeleteMode mode={mode} />}>
      <ModeForm key={mode.id} initial={modeDraftOf(mode)} modeId={mode.id} />
    </Page>
  );
}

/** One more, begun as its kind wants it. */
export function NewModePage(): JSX.Element {
  const { t } = useTranslation("modes");
  const asked = new URLSearchParams(useSearch()).get("kind");
  const kind = ModeKind.options.find((one) => one === asked) ?? "feed";
  const isTold = useTank(isDevicesTold);
  return (
    <Page title={t("form.newTitle")} parent={{ href: PARENT, title: t("title") }}>
      {isTold ? <NewMode key={kind} kind={kind} /> : <Loading lines={8} />}
    </Page>
  );
}

function NewMode({ kind }: { readonly kind: ModeKind }): JSX.Element {
  const { t } = useTranslation("control");
  const [initial] = useState(() =>
    newModeDraft(kind, t(`modeKind.${kind}`), channelsOf(useTank.getState().devices)),
  );
  return <ModeForm initial={initial} modeId={null} />;
}

function DeleteMode({ mode }: { readonly mode: ModeConfig }): JSX.Element {
  const { t } = useTranslation("modes");
  const title = t("form.deleteTitle", { name: mode.name });
  return (
    <DeleteButton
      words={{ open: t("form.delete"), title, doIt: t("form.deleteDo") }}
      onDelete={() => core.api.modes.delete.mutate({ id: mode.id })}
      next={PARENT}
      onGone={() => noteMode(mode.id, null)}
    >
      {t("form.deleteHelp")}
    </DeleteButton>
  );
}
