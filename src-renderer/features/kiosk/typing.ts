/** A field's text and what of it is selected; the two ends are equal where it is only a caret. */
export interface TextState {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What a key of the on-screen keyboard makes of a field's text; keys that are no character and no erasing leave it. */
export function typed({ text, start, end }: TextState, key: string): TextState {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (key === "{bksp}") {
    // An emoji or an accented letter is one character to a person, and several to a string.
    const kept = start === end ? withoutLastCharacter(before) : before;
    return caretAfter(kept, after);
  }
  const character = key === "{space}" ? " " : key;
  return character.length > 1 && character.startsWith("{")
    ? { text, start, end }
    : caretAfter(before + character, after);
}

function caretAfter(before: string, after: string): TextState {
  return { text: before + after, start: before.length, end: before.length };
}

function withoutLastCharacter(text: string): string {
  const last = [...new Intl.Segmenter().segment(text)].at(-1);
  return text.slice(0, last?.index ?? 0);
}
