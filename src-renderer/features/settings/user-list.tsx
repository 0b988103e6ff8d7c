import { UserPlus } from "lucide-react";
import { type JSX, useState } from "react";
import type { User } from "#contract/identity.ts";
import { Button } from "../../components/button.tsx";
import { Failure, Loading } from "../../components/states.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useBlocked } from "../../stores/blocked.ts";
import { core } from "../../stores/core.ts";
import { useMay, useSession } from "../../stores/session.ts";
import { useAnswer } from "../devices/use-answer.ts";
import { AddUserDialog } from "./add-user-dialog.tsx";
import { Panel } from "./panel.tsx";
import { RemoveUserDialog } from "./remove-user-dialog.tsx";
import { ResetPasswordDialog } from "./reset-password-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { barFor } from "./user-rules.ts";
import styles from "./users.module.css";

const ALL = 1_000;
const askForUsers = async (): Promise<readonly User[]> => (await core.api.users.list.query({ limit: ALL })).items;

type Asked = { readonly what: "role" | "password" | "removal"; readonly user: User } | { readonly what: "new" };

/** Everybody, for admins to look after; others are told why they do not see them. */
export function UserList(): JSX.Element {
  const { t } = useTranslation("settings");
  const isAdmin = useMay("admin");
  const blocked = useBlocked("admin");
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      title={t("users.everybody")}
      lead={isAdmin ? undefined : t("users.adminsOnly")}
      actions={
        <Button onPress={() => setAdding(true)} disabledReason={blocked}>
          <UserPlus aria-hidden="true" />
          {t("users.add")}
        </Button>
      }
    >
      {isAdmin && <Everybody isAdding={isAdding} onAdded={() => setAdding(false)} />}
    </Panel>
  );
}

function Everybody({
  isAdding,
  onAdded,
}: {
  readonly isAdding: boolean;
  readonly onAdded: () => void;
}): JSX.Element {
  const { value: users, problem, retry } = useAnswer(askForUsers);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (hasChanged: boolean): void => {
    setAsked(null);
    onAdded();
    if (hasChanged) retry();
  };
  if (users === null) return problem === null ? <Loading /> : <Failure problem={problem} onRetry={retry} />;
  return (
    <>
      {problem !== null && <Failure problem={problem} onRetry={retry} />}
      <ul className={styles["users"]}>
        {users.map((user) => (
          <UserRow key={user.id} user={user} users={users} onAsk={setAsked} />
        ))}
      </ul>
      {isAdding && <AddUserDialog onClose={close} />}
      {asked?.what === "role" && <RoleDialog user={asked.user} onClose={close} />}
      {asked?.what === "password" && <ResetPasswordDialog user={asked.user} onClose={close} />}
      {asked?.what === "removal" && <RemoveUserDialog user={asked.user} onClose={close} />}
    </>
  );
}

interface UserRowProps {
  readonly user: User;
  readonly users: readonly User[];
  readonly onAsk: (asked: Asked) => void;
}

function UserRow({ user, users, onAsk }: UserRowProps): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  const blocked = useBlocked("admin");
  const selfId = useSession((s) => s.user?.id ?? "");
  const isSelf = user.id === selfId;
  const bar = barFor(user, users, selfId);
  const barWords = bar === null ? null : t(bar === "self" ? "users.barSelf" : "users.barLastAdmin");
  return (
    <li className={styles["user"]}>
      <div className={styles["who"]}>
        <h3>{user.username}</h3>
        <p>
          {t(`common:userRole.${user.role}`)}
          {isSelf && ` · ${t("users.you")}`}
        </p>
      </div>
      <div className={styles["acts"]}>
        <Button onPress={() => onAsk({ what: "role", user })} disabledReason={blocked ?? barWords} isReasonHidden>
          {t("users.role")}
        </Button>
        <Button
          onPress={() => onAsk({ what: "password", user })}
          disabledReason={blocked ?? (isSelf ? t("users.ownPasswordBeside") : null)}
          isReasonHidden
        >
          {t("users.password")}
        </Button>
        <Button
          kind="danger"
          onPress={() => onAsk({ what: "removal", user })}
          disabledReason={blocked ?? barWords}
          isReasonHidden
        >
          {t("users.remove")}
        </Button>
      </div>
      {(blocked ?? barWords) !== null && <p className={styles["why"]}>{blocked ?? barWords}</p>}
    </li>
  );
}
