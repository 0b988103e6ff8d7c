import { type JSX, useState } from "react";
import { Select, Switch, TextField } from "../../components/fields.tsx";
import { useTranslation } from "../../i18n/use-translation.ts";
import styles from "../control/form/form.module.css";
import { NumberRow } from "../control/form/number-row.tsx";
import { plainUnit } from "../control/form/shown-number.ts";
import type { DraftForm } from "../control/form/use-draft-form.ts";
import { addressesFrom, type ChannelDraft, type ChannelOf, portFor, type TargetDraft } from "./target-draft.ts";
import { TextRow } from "./text-row.tsx";

interface FieldsProps<C extends ChannelDraft = ChannelDraft> {
  readonly form: DraftForm<TargetDraft>;
  readonly channel: C;
  /** Names of the secrets that are kept already. */
  readonly kept: readonly string[];
}

/** What its way out needs. */
export function ChannelFields({ form, kept }: Omit<FieldsProps, "channel">): JSX.Element {
  const { t } = useTranslation("notifications");
  const { channel } = form.draft;
  switch (channel.type) {
    case "desktop":
      return <p className={styles["note"]}>{t("desktop.help")}</p>;
    case "mail":
      return <MailFields form={form} channel={channel} kept={kept} />;
    case "webhook":
      return <WebhookFields form={form} channel={channel} kept={kept} />;
    case "ntfy":
      return <NtfyFields form={form} channel={channel} kept={kept} />;
    case "mqtt":
      return <MqttFields form={form} channel={channel} kept={kept} />;
  }
}

const SECURITIES = ["tls", "starttls", "none"] as const;

function MailFields({ form, channel, kept }: FieldsProps<ChannelOf<"mail">>): JSX.Element {
  const { t } = useTranslation("notifications");
  const set = (change: Partial<ChannelOf<"mail">>) => form.set({ channel: { ...channel, ...change } });
  return (
    <>
      <div className={styles["pair"]}>
        <TextRow
          form={form}
          path="channel.host"
          label={t("mail.host")}
          help={t("mail.hostHelp")}
          value={channel.host}
          onChange={(host) => set({ host })}
        />
        <NumberRow
          form={form}
          path="channel.port"
          label={t("mail.port")}
          value={channel.port}
          onChange={(port) => set({ port: port ?? Number.NaN })}
          display={plainUnit("", 0)}
        />
      </div>
      <Select
        label={t("mail.security")}
        help={t(`mail.securityHelp.${channel.security}`)}
        value={channel.security}
        onChange={(security) => set({ security, port: portFor(security) })}
        choices={SECURITIES.map((value) => ({ value, text: t(`mail.securities.${value}`) }))}
        isDisabled={form.isDisabled}
      />
      <SignIn form={form} channel={channel} kept={kept} />
      <TextRow
        form={form}
        path="channel.from"
        label={t("mail.from")}
        value={channel.from}
        onChange={(from) => set({ from })}
        shape={t("mail.address")}
      />
      <Addresses form={form} channel={channel} kept={kept} />
    </>
  );
}

function Addresses({ form, channel }: FieldsProps<ChannelOf<"mail">>): JSX.Element {
  const { t } = useTranslation("notifications");
  const [typed, setTyped] = useState(() => channel.to.join(", "));
  const wrong = channel.to.findIndex((_, at) => form.problemAt(`channel.to.${at}`) !== null);
  return (
    <TextField
      label={t("mail.to")}
      help={t("mail.toHelp")}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        form.set({ channel: { ...channel, to: addressesFrom(text) } });
      }}
      error={wrong < 0 ? null : t("mail.wrongAddress", { address: channel.to[wrong] ?? "" })}
      isDisabled={form.isDisabled}
    />
  );
}

function WebhookFields({ form, channel, kept }: FieldsProps<ChannelOf<"webhook">>): JSX.Element {
  const { t } = useTranslation("notifications");
  return (
    <>
      <TextRow
        form={form}
        path="channel.url"
        label={t("webhook.url")}
        help={t("webhook.urlHelp")}
        value={channel.url}
        onChange={(url) => form.set({ channel: { ...channel, url } })}
        type="url"
        shape={t("webAddress")}
      />
      <SecretRow
        form={form}
        name="secret"
        label={t("webhook.secret")}
        help={t("webhook.secretHelp")}
        value={channel.secret}
        onChange={(secret) => form.set({ channel: { ...channel, secret } })}
        kept={kept}
      />
    </>
  );
}

function NtfyFields({ form, channel, kept }: FieldsProps<ChannelOf<"ntfy">>): JSX.Element {
  const { t } = useTranslation("notifications");
  const set = (change: Partial<ChannelOf<"ntfy">>) => form.set({ channel: { ...channel, ...change } });
  return (
    <>
      <TextRow
        form={form}
        path="channel.topic"
        label={t("ntfy.topic")}
        help={t("ntfy.topicHelp")}
        value={channel.topic}
        onChange={(topic) => set({ topic })}
        shape={t("ntfy.topicShape")}
      />
      <TextRow
        form={form}
        path="channel.url"
        label={t("ntfy.url")}
        value={channel.url}
        onChange={(url) => set({ url })}
        type="url"
        shape={t("webAddress")}
      />
      <SecretRow
        form={form}
        name="token"
        label={t("ntfy.token")}
        help={t("ntfy.tokenHelp")}
        value={channel.token}
        onChange={(token) => set({ token })}
        kept={kept}
      />
    </>
  );
}

function MqttFields({ form, channel, kept }: FieldsProps<ChannelOf<"mqtt">>): JSX.Element {
  const { t } = useTranslation("notifications");
  const set = (change: Partial<ChannelOf<"mqtt">>) => form.set({ channel: { ...channel, ...change } });
  return (
    <>
      <TextRow
        form={form}
        path="channel.url"
        label={t("mqtt.url")}
        help={t("mqtt.urlHelp")}
        value={channel.url}
        onChange={(url) => set({ url })}
        type="url"
        shape={t("mqtt.urlShape")}
      />
      <SignIn form={form} channel={channel} kept={kept} />
      <TextRow
        form={form}
        path="channel.baseTopic"
        label={t("mqtt.baseTopic")}
        help={t("mqtt.baseTopicHelp")}
        value={channel.baseTopic}
        onChange={(baseTopic) => set({ baseTopic })}
        shape={t("mqtt.topicShape")}
      />
      <Switch
        isSelected={channel.discoveryPrefix !== null}
        onChange={(isOn) => set({ discoveryPrefix: isOn ? "homeassistant" : null })}
        isDisabled={form.isDisabled}
      >
        {t("mqtt.discovery")}
      </Switch>
      {channel.discoveryPrefix !== null && (
        <TextRow
          form={form}
          path="channel.discoveryPrefix"
          label={t("mqtt.prefix")}
          value={channel.discoveryPrefix}
          onChange={(discoveryPrefix) => set({ discoveryPrefix })}
          shape={t("mqtt.topicShape")}
        />
      )}
      <div>
        <Switch
          isSelected={channel.takesCommands}
          onChange={(takesCommands) => set({ takesCommands })}
          isDisabled={form.isDisabled}
        >
          {t("mqtt.commands")}
        </Switch>
        <p className={styles["small"]}>{t("mqtt.commandsHelp")}</p>
      </div>
    </>
  );
}

function SignIn({ form, channel, kept }: FieldsProps<ChannelOf<"mail"> | ChannelOf<"mqtt">>): JSX.Element {
  const { t } = useTranslation("notifications");
  return (
    <div className={styles["pair"]}>
      <TextField
        label={t("username")}
        help={t("usernameHelp")}
        value={channel.username ?? ""}
        onChange={(text) => form.set({ channel: { ...channel, username: text === "" ? null : text } })}
        isDisabled={form.isDisabled}
      />
      <SecretRow
        form={form}
        name="password"
        label={t("password")}
        value={channel.password}
        onChange={(password) => form.set({ channel: { ...channel, password } })}
        kept={kept}
      />
    </div>
  );
}

interface SecretRowProps {
  readonly form: DraftForm<TargetDraft>;
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly value: string | null;
  readonly onChange: (secret: string | null) => void;
  readonly kept: readonly string[];
}

/** Goes in and never comes out: one that is kept stays where the field is left empty. */
function SecretRow({ form, name, label, help, value, onChange, kept }: SecretRowProps): JSX.Element {
  const { t } = useTranslation("notifications");
  const said = kept.includes(name) ? t("secretKept") : help;
  return (
    <TextField
      label={label}
      type="password"
      autoComplete="new-password"
      value={value ?? ""}
      onChange={(text) => onChange(text === "" ? null : text)}
      isDisabled={form.isDisabled}
      {...(said === undefined ? {} : { help: said })}
    />
  );
}
