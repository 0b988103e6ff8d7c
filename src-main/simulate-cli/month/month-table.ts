import { AlarmPriority } from "#contract/alarms.ts";
import type { AlarmMonth, Message } from "./alarm-month.ts";

/** A month as the note shows it: what each incident made people hear, what else they heard, and the alarms' own figures. */
export function monthTable({ days, seed, messages, statistics, incidents }: AlarmMonth): string {
  const useful = messages.filter(({ incident }) => incident !== null);
  const others = messages.filter(({ incident }) => incident === null);
  const rows = incidents.map(({ name, toldAfterS }) => {
    const own = useful.filter(({ incident }) => incident === name);
    return `| ${name} | ${toldAfterS === null ? "never" : timeOf(toldAfterS)} | ${countsOf(own)} |`;
  });
  const { byPriority, standing, chattering, floods, medianAcknowledgeS, perDay, raised } = statistics;
  const priorities = AlarmPriority.options.map((priority) => `${byPriority[priority]} ${priority}`).join(", ");
  const named = (all: readonly { readonly name: string }[]) =>
    [all.length, ...all.map(({ name }) => name)].join(" ");
  return `${days} days, seed ${seed}: **${messages.length} messages, of which ${useful.length} belong to an incident**.

| incident | told after | raised | said again | over | messages |
|---|---|---|---|---|---|
${rows.join("\n")}
| none of them | – | ${countsOf(others)} |
| **all** | – | ${countsOf(messages)} |

| figure | in this month |
|---|---|
| alarms raised | ${raised}, ${perDay} a day |
| by priority | ${priorities} |
| days without any message | ${days - new Set(messages.map(({ atS }) => Math.floor(atS / 86_400))).size} of ${days} |
| standing for more than 24 h at its end | ${named(standing)} |
| chattering | ${named(chattering)} |
| floods | ${floods.length} |
| median time to acknowledge | ${medianAcknowledgeS === null ? "–" : timeOf(medianAcknowledgeS)} |

${others.length === 0 ? "Nothing was told that belongs to no incident." : `Told without an incident: ${wordsOf(others)}.`}`;
}

function countsOf(messages: readonly Message[]): string {
  const kinds = ["raised", "repeated", "returned"] as const;
  const counts = kinds.map((kind) => messages.filter((message) => message.kind === kind).length);
  return [...counts, messages.length].join(" | ");
}

/** The most frequent first. */
function wordsOf(messages: readonly Message[]): string {
  const counts = new Map<string, number>();
  for (const { names } of messages) counts.set(names.join(", "), (counts.get(names.join(", ")) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} (${count})`)
    .join("; ");
}

function timeOf(s: number): string {
  if (s < 120) return `${Math.round(s)} s`;
  return s < 7_200 ? `${Math.round(s / 60)} min` : `${(s / 3_600).toFixed(1)} h`;
}
