import { type JSX, useId } from "react";
import type { Channel } from "#contract/channels.ts";
import { Chip } from "../../charts/chip.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../stores/tank.ts";
import styles from "./channel-chips.module.css";

interface ChannelChipsProps {
  readonly label: string;
  readonly help?: string;
  readonly value: readonly string[];
  readonly onChange: (channelIds: readonly string[]) => void;
  readonly fits: (channel: Channel) => boolean;
  readonly isDisabled: boolean;
}

/** Any number of the channels that fit. */
export function ChannelChips({
  label,
  help,
  value,
  onChange,
  fits,
  isDisabled,
}: ChannelChipsProps): JSX.Element | null {
  const { t } = useTranslation("control");
  const titleId = useId();
  const devices = useTank((s) => s.devices);
  const choices = channelsOf(devices).filter((channel) => value.includes(channel.id) || fits(channel));
  return (
    <fieldset className={styles["group"]} aria-labelledby={titleId}>
      <legend id={titleId}>{label}</legend>
      {choices.length === 0 ? (
        <p className={styles["help"]}>{t("form.noneThere")}</p>
      ) : (
        <div className={styles["chips"]}>
          {choices.map(({ id, name }) => (
            <Chip
              key={id}
              text={name}
              isSelected={value.includes(id)}
              isDisabled={isDisabled}
              onChange={(isOn) => onChange(isOn ? [...value, id] : value.filter((other) => other !== id))}
            />
          ))}
        </div>
      )}
      {help !== undefined && <p className={styles["help"]}>{help}</p>}
    </fieldset>
  );
}
