import { type JSX, useState } from "react";
import type { UserRole } from "#contract/identity.ts";
import { TextField } from "../../components/fields.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { FormDialog } from "./form-dialog.tsx";
import { RoleField } from "./role-field.tsx";
import { isPassword, isUsername } from "./user-rules.ts";

export function AddUserDialog({ onClose }: { readonly onClose: (isDone: boolean) => void }): JSX.Element {
  const { t } = useTranslation("settings");
  const blocked = useBlocked("admin");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<UserRole>("viewer");
  const isComplete = isUsername(username) && isPassword(password);
  return (
    <FormDialog
      title={t("users.addTitle")}
      act={t("users.add")}
      disabledReason={blocked ?? (isComplete ? null : t("users.incomplete"))}
      onSubmit={() => core.api.users.create.mutate({ username, password, role })}
      onClose={onClose}
    >
      <TextField
        label={t("users.name")}
        value={username}
        onChange={setUsername}
        help={t("users.nameHelp")}
        error={username === "" || isUsername(username) ? null : t("users.nameUnfit")}
      />
      <PasswordField
        label={t("users.firstPassword")}
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        help={t("users.passwordHelp")}
        error={password === "" || isPassword(password) ? null : t("users.passwordUnfit")}
      />
      <RoleField value={role} onChange={setRole} />
    </FormDialog>
  );
}
