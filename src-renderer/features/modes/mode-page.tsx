import { Trash2 } from "lucide-react";
import { type JSX, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { ModeKind } from "#contract/mode-kinds.ts";
import type { ModeConfig } from "#contract/modes.ts";
import { Button } from "../../components/button.tsx";
import { Dialog, DialogActions } from "../../components/dialog.tsx";
import { Empty, Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { useAct } from "../../stores/use-act.ts";
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
  const { t } = useTranslation(["modes", "common"]);
  const [, navigate] = useLocation();
  const blocked = useBlocked("admin");
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    if (!(await act.run(() => core.api.modes.delete.mutate({ id: mode.id })))) return;
    navigate(PARENT, { replace: true });
    noteMode(mode.id, null);
  };
  return (
    <>
      <Button kind="danger" disabledReason={blocked} onPress={() => setAsking(true)}>
        <Trash2 aria-hidden="true" />
        {t("form.delete")}
      </Button>
      {isAsking && (
        <Dialog title={t("form.deleteTitle", { name: mode.name })} isOpen isAlert onClose={() => setAsking(false)}>
          <p>{t("form.deleteHelp")}</p>
          {act.problem !== null && <Failure problem={act.problem} />}
          <DialogActions>
            <Button onPress={() => setAsking(false)} autoFocus>
              {t("common:action.cancel")}
            </Button>
            <Button kind="danger" disabledReason={blocked} isPending={act.isPending} onPress={() => void remove()}>
              {t("form.deleteDo")}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
