import type { JSX } from "react";
import {
  Button as AriaButton,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import fields from "../../components/fields.module.css";
import { useTranslation } from "../../i18n/use-translation.ts";
import { useTankNowMs } from "../../stores/now.ts";
import styles from "./time-zone-field.module.css";

/** The browser's list leaves out the one that a machine without a zone is in. */
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((id) => ({
  id,
}));

interface TimeZoneFieldProps {
  readonly value: string;
  readonly onChange: (zone: string) => void;
  readonly isInvalid: boolean;
  readonly isDisabled: boolean;
}

/** A zone by its name, found by any part of it; under it what time it is there, so that a wrong one is seen. */
export function TimeZoneField({ value, onChange, isInvalid, isDisabled }: TimeZoneFieldProps): JSX.Element {
  const { t, i18n } = useTranslation("settings");
  const nowMs = useTankNowMs();
  const time = isInvalid
    ? ""
    : new Intl.DateTimeFormat(i18n.language, { timeZone: value, dateStyle: "medium", timeStyle: "short" }).format(
        nowMs,
      );
  return (
    <ComboBox
      className={fields["field"] ?? ""}
      // A zone of an older database may not be in the browser's list.
      defaultItems={ZONES.some(({ id }) => id === value) || isInvalid ? ZONES : [{ id: value }, ...ZONES]}
      inputValue={value}
      onInputChange={onChange}
      defaultFilter={contains}
      allowsCustomValue
      menuTrigger="input"
      isInvalid={isInvalid}
      isDisabled={isDisabled}
      validationBehavior="aria"
    >
      <Label className={fields["label"] ?? ""}>{t("tank.zone")}</Label>
      <div className={styles["row"]}>
        <Input className={`${fields["input"]} ${styles["input"]}`} autoCapitalize="none" spellCheck="false" />
        <AriaButton className={styles["open"] ?? ""}>▾</AriaButton>
      </div>
      <Text slot="description" className={fields["help"] ?? ""}>
        {isInvalid ? t("tank.zoneHelp") : t("tank.zoneNow", { time })}
      </Text>
      <FieldError className={fields["error"] ?? ""}>{t("tank.zoneUnknown")}</FieldError>
      <Popover className={fields["popover"] ?? ""}>
        <ListBox className={fields["list"] ?? ""}>
          {({ id }: { readonly id: string }) => (
            <ListBoxItem id={id} textValue={id} className={fields["option"] ?? ""}>
              {id.replaceAll("_", " ")}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** "new york" finds America/New_York. */
function contains(zone: string, typed: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll("_", " ");
  return plain(zone).includes(plain(typed.trim()));
}
