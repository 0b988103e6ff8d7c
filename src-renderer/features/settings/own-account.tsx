import { type JSX, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { useSession } from "../../stores/session.ts";
import { OwnPasswordDialog } from "./own-password-dialog.tsx";
import { Fact, Facts, Panel } from "./panel.tsx";
import { PinDialog } from "./pin-dialog.tsx";
import { SavedNote } from "./saved-note.tsx";
import styles from "./settings.module.css";

type Asked = "password" | "pin" | "no-pin";

/** Of whoever is signed in: who he is, his password, his kiosk PIN. */
export function OwnAccount(): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const user = useSession((s) => s.user);
  const blocked = useBlocked("viewer");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState<Asked | null>(null);
  const ask = (what: Asked): void => {
    setDone(null);
    setAsked(what);
  };
  const close = (isDone: boolean): void => {
    if (isDone) setDone(asked);
    setAsked(null);
  };
  const hasPin = user?.hasPin ?? false;
  const role = user?.role ?? "viewer";
  return (
    <Panel title={t("own.title")}>
      <Facts>
        <Fact name={t("users.name")}>{user?.username}</Fact>
        <Fact name={t("users.role")}>
          {t(`common:userRole.${role}`)}
          <br />
          <span className={styles["help"]}>{t(`users.may.${role}`)}</span>
        </Fact>
        <Fact name={t("own.pin")}>{t(hasPin ? "own.pinSet" : "own.pinNotSet")}</Fact>
      </Facts>
      <div className={styles["buttons"]}>
        <Button onPress={() => ask("password")} disabledReason={blocked}>
          {t("own.changePassword")}
        </Button>
        <Button onPress={() => ask("pin")} disabledReason={blocked} isReasonHidden>
          {t(hasPin ? "own.changePin" : "own.setPin")}
        </Button>
        {hasPin && (
          <Button onPress={() => ask("no-pin")} disabledReason={blocked} isReasonHidden>
            {t("own.removePin")}
          </Button>
        )}
      </div>
      {done !== null && <SavedNote>{t(`own.done.${done}`)}</SavedNote>}
      {asked === "password" && <OwnPasswordDialog onClose={close} />}
      {asked === "pin" && <PinDialog onClose={close} />}
      {asked === "no-pin" && <PinDialog onClose={close} isRemoval />}
    </Panel>
  );
}
