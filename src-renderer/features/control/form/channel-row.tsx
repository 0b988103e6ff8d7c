import type { JSX } from "react";
import type { Channel } from "#contract/channels.ts";
import { Select } from "../../../components/fields.tsx";
import { useTranslation } from "../../../i18n/use-translation.ts";
import { channelsOf, useTank } from "../../../stores/tank.ts";
import type { DraftForm } from "./use-draft-form.ts";
import { useProblemWords } from "./use-problem-words.ts";

interface ChannelRowProps<D extends object> {
  readonly form: DraftForm<D>;
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  /** Empty: none yet. */
  readonly value: string | null;
  readonly onChange: (channelId: string | null) => void;
  readonly fits: (channel: Channel) => boolean;
  /** What to do where no channel fits. */
  readonly whenNone: string;
  /** None is an answer. */
  readonly isNullable?: boolean;
}

const NONE = "none";

/** A channel of those that fit; one that is chosen already stays to be seen, whether it fits or not. */
export function ChannelRow<D extends object>(props: ChannelRowProps<D>): JSX.Element {
  const { form, path, label, help, value, onChange, fits, whenNone, isNullable = false } = props;
  const { t } = useTranslation("control");
  const words = useProblemWords();
  const devices = useTank((s) => s.devices);
  const choices = channelsOf(devices).filter((channel) => channel.id === value || fits(channel));
  const isEmpty = choices.length === 0;
  const said = isEmpty ? whenNone : help;
  return (
    <Select
      label={label}
      value={value === null || value === "" ? (isNullable ? NONE : null) : value}
      onChange={(chosen) => onChange(chosen === NONE ? null : chosen)}
      choices={[
        ...(isNullable ? [{ value: NONE, text: t("form.none") }] : []),
        ...choices.map(({ id, name }) => ({ value: id as string, text: name })),
      ]}
      placeholder={t("form.choose")}
      error={words.of(form.problemAt(path))}
      isDisabled={form.isDisabled}
      {...(said === undefined ? {} : { help: said })}
    />
  );
}
