/** What the core proposes as a response, in German; its own English words are the key (features/alarms/use-alarm-words.ts). */
export const ownAlarmTexts = {} as const satisfies Readonly<Record<string, string>>;
