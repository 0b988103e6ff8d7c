/** A sentence that ends in an abbreviation ends in one full stop. */
export function tidy(text: string): string {
  return text.replaceAll("..", ".");
}
