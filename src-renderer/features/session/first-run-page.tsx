import { type JSX, type SubmitEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Switch, TextField } from "../../components/fields.tsx";
import { PasswordField } from "../../components/password-field.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useConnection } from "../../stores/connection.ts";
import { core } from "../../stores/core.ts";
import { useKiosk } from "../../stores/kiosk.ts";
import { useSession } from "../../stores/session.ts";
import { CodeWhereabouts } from "./code-whereabouts.tsx";
import styles from "./session-frame.module.css";
import { Notice, SessionFrame } from "./session-frame.tsx";
import { flawsOf, isComplete } from "./setup-rules.ts";
import { useRefusal, useRefusalWords } from "./use-refusal.ts";

/** Nobody exists yet: whoever can read the machine's own log or sits at its window makes the first admin. */
export function FirstRunPage(): JSX.Element {
  const { t } = useTranslation("session");
  const knownCode = useSession((s) => s.setupCode);
  const isOffline = useConnection((c) => c.state === "offline");
  const [typedCode, setTypedCode] = useState<string | null>(null);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isKept, setKept] = useState(window.reefPipe !== undefined || useKiosk.getState().isKiosk);
  const [isPending, setPending] = useState(false);
  const { problem, waitReason, refuse, clear } = useRefusal();
  const wordsOf = useRefusalWords();
  // The code of this very start: a restart makes another one.
  const code = typedCode ?? knownCode ?? "";
  const flaws = flawsOf({ code, username, password });

  const setUp = async (): Promise<void> => {
    setPending(true);
    clear();
    try {
      await core.api.auth.setup.mutate({ code: code.trim(), username, password });
      await core.signIn({ username, password, isKept });
    } catch (error) {
      refuse(error);
      await leaveIfDone();
    } finally {
      setPending(false);
    }
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!isPending && isComplete(flaws) && waitReason === null) void setUp();
  };

  return (
    <SessionFrame
      title={t("firstRun.title")}
      lead={t("firstRun.lead")}
      aside={
        knownCode === null ? <CodeWhereabouts /> : <p className={styles["where"]}>{t("firstRun.codeKnown")}</p>
      }
    >
      <form className={styles["form"]} onSubmit={submit}>
        {isOffline && <Notice tone="crit">{t("offline")}</Notice>}
        {problem !== null && <Notice tone="crit">{wordsOf(problem, "set-up")}</Notice>}
        <TextField
          label={t("firstRun.code")}
          value={code}
          onChange={setTypedCode}
          {...(knownCode === null ? { help: t("firstRun.codeHelp") } : {})}
        />
        <TextField
          label={t("username")}
          value={username}
          onChange={setUsername}
          autoComplete="username"
          help={t("firstRun.usernameHelp")}
          error={flaws.username === "unfit" ? t("firstRun.usernameUnfit") : null}
        />
        <PasswordField
          label={t("password")}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          help={t("firstRun.passwordHelp")}
          error={passwordWords(flaws.password, {
            short: t("firstRun.passwordShort"),
            long: t("firstRun.passwordLong"),
          })}
        />
        <Switch isSelected={isKept} onChange={setKept}>
          {t("keep")}
        </Switch>
        <div className={styles["submit"]}>
          <Button
            type="submit"
            kind="primary"
            isPending={isPending}
            disabledReason={waitReason ?? (isComplete(flaws) ? null : t("firstRun.incomplete"))}
          >
            {isPending ? t("firstRun.pending") : t("firstRun.submit")}
          </Button>
        </div>
      </form>
    </SessionFrame>
  );
}

function passwordWords(
  flaw: string | null,
  words: { readonly short: string; readonly long: string },
): string | null {
  if (flaw === "short") return words.short;
  return flaw === "long" ? words.long : null;
}

/** Somebody else was quicker, or the admin was made and only the sign-in failed: then signing in is what is left to do. */
async function leaveIfDone(): Promise<void> {
  const firstRun = await core.api.auth.firstRun.query().catch(() => null);
  if (firstRun !== null && !firstRun.isNeeded) useSession.setState({ stage: "signed-out", setupCode: null });
}
