import type { JSX } from "react";
import type { Loop } from "#contract/loops.ts";
import { outputsOf } from "#domain/control/loop-channels.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import { DeleteButton } from "../control/form/delete-button.tsx";
import { noteLoop } from "./loop-form.tsx";

/** Takes a loop away for good, and says what becomes of its outputs. */
export function DeleteLoop({ loop }: { readonly loop: Loop }): JSX.Element {
  const { t } = useTranslation("control");
  const devices = useTank((s) => s.devices);
  const driven = new Set<string>(outputsOf(loop));
  const outputs = channelsOf(devices).flatMap(({ id, name }) => (driven.has(id) ? [name] : []));
  return (
    <DeleteButton
      words={{ open: t("remove.open"), title: t("remove.title", { name: loop.name }), doIt: t("remove.do") }}
      onDelete={() => core.api.loops.delete.mutate({ id: loop.id })}
      next="/control"
      onGone={() => noteLoop(loop.id, null)}
    >
      {outputs.length === 0 ? t("remove.helpNone") : t("remove.help", { outputs: outputs.join(", ") })}
    </DeleteButton>
  );
}
