import { ChevronRight } from "lucide-react";
import type { JSX } from "react";
import { Link } from "wouter";
import type { DeviceType } from "#contract/devices.ts";
import { useTranslation } from "../../i18n/use-translation.ts";
import { SimulatedBadge } from "./device-state.tsx";
import { useDeviceWords } from "./device-words.ts";
import styles from "./devices.module.css";
import { TypeIcon } from "./type-icon.tsx";

/** Real things first; what only pretends comes last. */
const CATEGORIES = [
  "probe",
  "outlet",
  "dimmer",
  "digital",
  "system",
  "simulation",
] as const satisfies readonly DeviceType["category"][];

interface TypePickerProps {
  readonly types: readonly DeviceType[];
  readonly hrefOf: (type: string) => string;
}

/** Every type of device by what it is for. What this controller cannot run is there too, and says why. */
export function TypePicker({ types, hrefOf }: TypePickerProps): JSX.Element {
  const { t } = useTranslation("devices");
  const groups = CATEGORIES.map((category) => ({
    category,
    types: types.filter((type) => type.category === category),
  })).filter((group) => group.types.length > 0);
  return (
    <>
      <p className={styles["quiet"]}>{t("new.which")}</p>
      {groups.map((group) => (
        <section key={group.category} className={styles["section"]}>
          <h2>{t(`category.${group.category}`)}</h2>
          <ul className={styles["list"]}>
            {group.types.map((type) => (
              <li key={type.type}>
                <TypeCard type={type} href={hrefOf(type.type)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function TypeCard({ type, href }: { readonly type: DeviceType; readonly href: string }): JSX.Element {
  const { t } = useTranslation("devices");
  const words = useDeviceWords();
  const help = words.typeHelp(type.type);
  const said = (
    <>
      <TypeIcon category={type.category} />
      <span className={styles["what"]}>
        <span className={styles["name"]}>
          {words.typeTitle(type.type, type.title)}
          {type.simulated && <SimulatedBadge />}
        </span>
        {help !== null && <span className={styles["quiet"]}>{help}</span>}
        {type.channels.length > 0 && (
          <span className={styles["quiet"]}>{t("channels", { count: type.channels.length })}</span>
        )}
        {!type.supported && (
          <span className={styles["trouble"]}>
            {t("unsupported")}: {type.unsupportedReason}
          </span>
        )}
      </span>
    </>
  );
  if (!type.supported)
    return (
      <div className={styles["card"]} data-unsupported>
        {said}
      </div>
    );
  return (
    <Link href={href} className={styles["card"]}>
      {said}
      <ChevronRight className={styles["chevron"]} aria-hidden="true" />
    </Link>
  );
}
