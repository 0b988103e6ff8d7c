import type { JSX } from "react";
import { UserRole } from "#contract/identity.ts";
import { Segmented } from "../../components/segmented.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import settings from "./settings.module.css";

interface RoleFieldProps {
  readonly value: UserRole;
  readonly onChange: (role: UserRole) => void;
}

/** One of the three roles, and under it what it lets one do. */
export function RoleField({ value, onChange }: RoleFieldProps): JSX.Element {
  const { t } = useTranslation(["settings", "common"]);
  return (
    <div className={settings["group"]}>
      <span className={settings["group-name"]} aria-hidden="true">
        {t("users.role")}
      </span>
      <Segmented
        label={t("users.role")}
        value={value}
        onChange={onChange}
        choices={UserRole.options.map((role) => ({ value: role, text: t(`common:userRole.${role}`) }))}
      />
      <p className={settings["help"]} role="status">
        {t(`users.may.${value}`)}
      </p>
    </div>
  );
}
