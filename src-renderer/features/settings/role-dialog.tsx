import { type JSX, useState } from "react";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { FormDialog } from "./form-dialog.tsx";
import { RoleField } from "./role-field.tsx";
import type { UserDialogProps } from "./user-dialog-props.ts";

export function RoleDialog({ user, onClose }: UserDialogProps): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const blocked = useBlocked("admin");
  const [role, setRole] = useState(user.role);
  return (
    <FormDialog
      title={t("users.roleTitle", { name: user.username })}
      act={t("common:action.save")}
      disabledReason={blocked ?? (role === user.role ? t("common:blocked.unchanged") : null)}
      onSubmit={() => core.api.users.patch.mutate({ id: user.id, role })}
      onClose={onClose}
    >
      <RoleField value={role} onChange={setRole} />
    </FormDialog>
  );
}
