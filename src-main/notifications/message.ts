import type { AlarmPriority, AnnouncedAlarm } from "#contract/alarms.ts";
import type { AlarmId } from "#contract/ids.ts";
import { type Delivery, type DeliveryId, isNotice } from "./delivery.ts";
import type { PlannedMessage } from "./planned-message.ts";
import { whenWords } from "./when-words.ts";
import { priorityWord, reasonWords } from "./words.ts";

/** What a message is about, in one word: it is in every body, so that a machine can tell too. */
export type MessageKind =
  | "raised"
  | "returned"
  | "repeated"
  | "raised-and-returned"
  | "digest"
  | "test"
  | "trouble";

/** One message, ready for any channel. */
export interface Message {
  /** The same however often it is sent. */
  readonly id: DeliveryId;
  readonly kind: MessageKind;
  readonly priority: AlarmPriority;
  readonly atMs: number;
  readonly title: string;
  /** Plain text, lines of words; with its links. */
  readonly text: string;
  /** The same without its links, for channels that carry those by themselves. */
  readonly words: string;
  readonly tankName: string;
  readonly cause: string | null;
  readonly alarms: readonly AnnouncedAlarm[];
  /** Where the app shows it; null: nobody said where the app is. */
  readonly link: string | null;
  /** Acknowledges once, without signing in; null: nothing to acknowledge, or nobody said where the app is. */
  readonly acknowledgeLink: string | null;
  /** The message that told of the raise; null: this one does, or none did. */
  readonly answers: DeliveryId | null;
}

/** What a message needs besides what happened. */
export interface MessageFrame {
  readonly tankName: string;
  /** The tank's, IANA. */
  readonly zone: string;
  /** The app's address, without a slash at its end; null: messages carry no links. */
  readonly linkBase: string | null;
  readonly acknowledgeLink: string | null;
  readonly answers: DeliveryId | null;
}

/** Puts what happened into words. */
export function messageFrom(planned: PlannedMessage, frame: MessageFrame): Message {
  const { carrier, form } = planned;
  const { about } = carrier;
  const kind: MessageKind = form === "as-it-is" ? about.kind : form;
  const { title, lines, alarms, cause } = partsOf(planned, frame);
  const link = linkTo(alarms, frame.linkBase, kind);
  const acknowledgeLink = isToAcknowledge(kind) ? frame.acknowledgeLink : null;
  const links = [
    ...(link === null ? [] : [`See it: ${link}`]),
    ...(acknowledgeLink === null ? [] : [`Acknowledge: ${acknowledgeLink}`]),
  ];
  const words = lines.join("\n");
  return {
    id: carrier.id,
    kind,
    priority: about.priority,
    atMs: about.atMs,
    title,
    text: [words, links.join("\n")].filter((part) => part !== "").join("\n\n"),
    words,
    tankName: frame.tankName,
    cause,
    alarms,
    link,
    acknowledgeLink,
    answers: frame.answers,
  };
}

/** Whether somebody must still say that he knows. */
export function isToAcknowledge(kind: MessageKind): boolean {
  return kind === "raised" || kind === "repeated" || kind === "raised-and-returned";
}

interface Parts {
  readonly title: string;
  readonly lines: readonly string[];
  readonly alarms: readonly AnnouncedAlarm[];
  readonly cause: string | null;
}

function partsOf(planned: PlannedMessage, frame: MessageFrame): Parts {
  const { carrier, form } = planned;
  const { about } = carrier;
  if (isNotice(about)) return { title: about.title, lines: [about.text], alarms: [], cause: null };
  if (form === "digest") return digestParts([carrier, ...planned.besides], frame);
  const raise = planned.besides.find((d) => d.about.kind === "raised")?.about;
  const told = raise !== undefined && !isNotice(raise) ? raise : about;
  const heading = headingOf(told.cause, told.alarms);
  const title = `${titleWords(form === "as-it-is" ? about.kind : form, carrier)}: ${heading}`;
  const endedAtMs = about.kind === "returned" ? about.atMs : null;
  const lines = told.alarms.flatMap((alarm, index) => [
    ...(index > 0 ? [""] : []),
    ...alarmLines(alarm, { zone: frame.zone, endedAtMs }),
  ]);
  return { title, lines, alarms: told.alarms, cause: told.cause };
}

function titleWords(kind: MessageKind, { about }: Delivery): string {
  if (kind === "raised") return priorityWord(about.priority);
  if (kind === "repeated") return `${priorityWord(about.priority)}, still unacknowledged`;
  return kind === "returned" ? "Back to normal" : "Was raised and has returned";
}

function headingOf(cause: string | null, alarms: readonly AnnouncedAlarm[]): string {
  const [first] = alarms;
  if (first === undefined) return cause ?? "an alarm";
  if (alarms.length === 1) return cause === null ? first.name : `${first.name} (${cause})`;
  return `${cause ?? first.name} (${alarms.length} alarms)`;
}

function alarmLines(alarm: AnnouncedAlarm, at: { zone: string; endedAtMs: number | null }): string[] {
  const since = whenWords(alarm.raisedAtMs, at.zone);
  if (at.endedAtMs !== null) {
    return [alarm.name, `From ${since} to ${whenWords(at.endedAtMs, at.zone)}.`, ...reasonWords(alarm, "now")];
  }
  return [alarm.name, `Since ${since}.`, ...reasonWords(alarm, "then"), `What to do: ${alarm.response}`];
}

function digestParts(deliveries: readonly Delivery[], { zone }: MessageFrame): Parts {
  const raises = deliveries.flatMap(({ about }) => (about.kind === "raised" ? [about] : []));
  const returns = deliveries.flatMap(({ about }) => (about.kind === "returned" ? [about] : []));
  const endOf = (id: AlarmId, fromMs: number) =>
    returns.find(({ atMs, alarms }) => atMs >= fromMs && alarms.some(({ alarmId }) => alarmId === id))?.atMs ??
    null;
  const alarms = raises.flatMap((about) => about.alarms);
  const standing = alarms.map((alarm) => ({ alarm, endedAtMs: endOf(alarm.alarmId, alarm.raisedAtMs) }));
  const known = new Set(alarms.map(({ alarmId }) => alarmId));
  const over = returns.flatMap(({ atMs, alarms: ended }) =>
    ended.filter(({ alarmId }) => !known.has(alarmId)).map((alarm) => ({ alarm, endedAtMs: atMs })),
  );
  const blocks = [...standing, ...over].map(({ alarm, endedAtMs }) => alarmLines(alarm, { zone, endedAtMs }));
  const count = blocks.length === 1 ? "1 alarm" : `${blocks.length} alarms`;
  const lines = blocks.flatMap((block, index) => (index > 0 ? ["", ...block] : block));
  return { title: `Daily digest: ${count} of low priority`, lines, alarms, cause: null };
}

function linkTo(alarms: readonly AnnouncedAlarm[], linkBase: string | null, kind: MessageKind): string | null {
  if (linkBase === null) return null;
  const base = linkBase.replace(/\/+$/, "");
  const [only] = alarms;
  if (kind === "test" || kind === "trouble") return `${base}/settings/notifications`;
  return alarms.length === 1 && only !== undefined ? `${base}/alarms/${only.alarmId}` : `${base}/alarms`;
}
