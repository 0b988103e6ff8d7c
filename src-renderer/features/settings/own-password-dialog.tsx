import { type JSX, useState } from "react";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useSession } from "../../stores/session.ts";
import { FormDialog } from "./form-dialog.tsx";
import { isPassword } from "./user-rules.ts";

export function OwnPasswordDialog({ onClose }: { readonly onClose: (isDone: boolean) => void }): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const blocked = useBlocked("viewer");
  const [currentPassword, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const isComplete = currentPassword !== "" && isPassword(password);
  return (
    <FormDialog
      title={t("own.changePassword")}
      act={t("common:action.save")}
      disabledReason={blocked ?? (isComplete ? null : t("own.passwordIncomplete"))}
      onSubmit={async () =>
        useSession.setState({ user: await core.api.users.patchMe.mutate({ currentPassword, password }) })
      }
      onClose={onClose}
    >
      <p>{t("own.passwordHelp")}</p>
      <PasswordField
        label={t("own.currentPassword")}
        value={currentPassword}
        onChange={setCurrent}
        autoComplete="current-password"
      />
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
