/** A sentence that ends in an abbreviation ends in one full stop. */
export function tidy(text: string): string {
  return text.replaceAll("..", ".");
}

/** What others say, with the full stop they left out. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
