import type { JSX } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { FormDialog } from "./form-dialog.tsx";
import type { UserDialogProps } from "./user-dialog-props.ts";

export function RemoveUserDialog({ user, onClose }: UserDialogProps): JSX.Element {
  const { t } = useTranslation("settings");
  const blocked = useBlocked("admin");
  return (
    <FormDialog
      title={t("users.removeTitle", { name: user.username })}
      act={t("users.remove")}
      kind="danger"
      disabledReason={blocked}
      onSubmit={() => core.api.users.delete.mutate({ id: user.id })}
      onClose={onClose}
    >
      <p>{t("users.removeHelp")}</p>
    </FormDialog>
  );
}
