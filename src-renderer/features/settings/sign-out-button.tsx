import { LogOut } from "lucide-react";
import { type JSX, useState } from "react";
import { Button } from "../../components/button.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { core } from "../../stores/core.ts";

/** Ends the sign-in of this screen. The controller goes on with its work. */
export function SignOutButton(): JSX.Element {
  const { t } = useTranslation();
  const [isPending, setPending] = useState(false);
  const signOut = async (): Promise<void> => {
    setPending(true);
    // The page changes with it; where the core is not there to answer, it is asked again once it is.
    await core.signOut().catch(() => undefined);
    setPending(false);
  };
  return (
    <Button onPress={() => void signOut()} isPending={isPending}>
      <LogOut aria-hidden="true" />
      {t("action.signOut")}
    </Button>
  );
}
