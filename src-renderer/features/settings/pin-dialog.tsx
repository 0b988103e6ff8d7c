import { type JSX, useState } from "react";
import { TextField } from "../../components/fields.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useSession } from "../../stores/session.ts";
import { FormDialog } from "./form-dialog.tsx";
import { isPin } from "./user-rules.ts";

interface PinDialogProps {
  readonly onClose: (isDone: boolean) => void;
  /** Takes the PIN away. */
  readonly isRemoval?: boolean;
}

/** Sets, changes or removes one's own PIN; the password proves who asks. */
export function PinDialog({ onClose, isRemoval = false }: PinDialogProps): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const blocked = useBlocked("viewer");
  const [pin, setPin] = useState("");
  const [currentPassword, setCurrent] = useState("");
  const isComplete = currentPassword !== "" && (isRemoval || isPin(pin));
  return (
    <FormDialog
      title={t(isRemoval ? "own.removePin" : "own.pinTitle")}
      act={t(isRemoval ? "own.removePin" : "common:action.save")}
      disabledReason={blocked ?? (isComplete ? null : t(isRemoval ? "own.passwordNeeded" : "own.pinIncomplete"))}
      onSubmit={async () => {
        const user = await core.api.users.setPin.mutate({ pin: isRemoval ? null : pin, currentPassword });
        useSession.setState({ user });
      }}
      onClose={onClose}
    >
      <p>{t(isRemoval ? "own.removePinHelp" : "own.pinHelp")}</p>
      {!isRemoval && (
        <TextField
          label={t("own.pin")}
          value={pin}
          onChange={setPin}
          inputMode="numeric"
          help={t("own.pinRule")}
          error={pin === "" || isPin(pin) ? null : t("own.pinRule")}
        />
      )}
      <PasswordField
        label={t("own.currentPassword")}
        value={currentPassword}
        onChange={setCurrent}
        autoComplete="current-password"
      />
    </FormDialog>
  );
}
