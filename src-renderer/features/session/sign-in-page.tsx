import { type JSX, type SubmitEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Switch, TextField } from "../../components/fields.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { useKiosk } from "../../stores/kiosk.ts";
import { useSession } from "../../stores/session.ts";
import styles from "./session-frame.module.css";
import { Notice, SessionFrame } from "./session-frame.tsx";
import { useRefusal, useRefusalWords } from "./use-refusal.ts";

/** Who is there: name and password, and whether this device may remember them. */
export function SignInPage(): JSX.Element {
  const { t } = useTranslation("session");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isKept, setKept] = useState(window.reefPipe !== undefined || useKiosk.getState().isKiosk);
  const [isPending, setPending] = useState(false);
  const isExpired = useSession((s) => s.endedBecause === "expired");
  const isOffline = useConnection((c) => c.state === "offline");
  const { problem, waitReason, refuse, clear } = useRefusal();
  const wordsOf = useRefusalWords();
  const isIncomplete = username.trim() === "" || password === "";

  const signIn = async (): Promise<void> => {
    setPending(true);
    clear();
    try {
      await core.signIn({ username: username.trim(), password, isKept });
    } catch (error) {
      if (refuse(error).code === "unauthenticated") setPassword("");
    } finally {
      setPending(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isPending && !isIncomplete && waitReason === null) void signIn();
  };

  return (
    <SessionFrame title={t("signIn.title")} lead={t("signIn.lead")}>
      <form className={styles["form"]} onSubmit={submit}>
        {isOffline && <Notice tone="crit">{t("offline")}</Notice>}
        {isExpired && problem === null && <Notice tone="calm">{t("signIn.expired")}</Notice>}
        {problem !== null && (
          <Notice tone={problem.code === "unauthenticated" ? "crit" : "warn"}>
            {wordsOf(problem, "sign-in")}
          </Notice>
        )}
        <TextField
          label={t("username")}
          value={username}
          onChange={setUsername}
          autoComplete="username"
          isRequired
        />
        <PasswordField
          label={t("password")}
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
        />
        <Switch isSelected={isKept} onChange={setKept}>
          {t("keep")}
        </Switch>
        <div className={styles["submit"]}>
          <Button
            type="submit"
            kind="primary"
            isPending={isPending}
            disabledReason={waitReason ?? (isIncomplete ? t("signIn.incomplete") : null)}
          >
            {isPending ? t("signIn.pending") : t("signIn.submit")}
          </Button>
        </div>
      </form>
      <p className={styles["where"]}>{t("signIn.forgotten")}</p>
    </SessionFrame>
  );
}
