import { type JSX, useState } from "react";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { FormDialog } from "./form-dialog.tsx";
import type { UserDialogProps } from "./user-dialog-props.ts";
import { isPassword } from "./user-rules.ts";

export function ResetPasswordDialog({ user, onClose }: UserDialogProps): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const blocked = useBlocked("admin");
  const [password, setPassword] = useState("");
  return (
    <FormDialog
      title={t("users.resetTitle", { name: user.username })}
      act={t("users.resetAct")}
      disabledReason={blocked ?? (isPassword(password) ? null : t("users.passwordUnfit"))}
      onSubmit={() => core.api.users.patch.mutate({ id: user.id, password })}
      onClose={onClose}
    >
      <p>{t("users.resetHelp")}</p>
      <PasswordField
        label={t("users.newPassword")}
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        help={t("users.passwordHelp")}
        error={password === "" || isPassword(password) ? null : t("users.passwordUnfit")}
      />
    </FormDialog>
  );
}
