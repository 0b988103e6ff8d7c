import { typed } from "./typing.ts";

export type TextField = HTMLInputElement | HTMLTextAreaElement;

const TYPED_INTO = new Set(["text", "password", "url", "search", "email", "tel", "number"]);

/** The field to type into, where that is what has the focus. */
export function textFieldFrom(target: EventTarget | null): TextField | null {
  const isText =
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TYPED_INTO.has(target.type));
  return isText && !target.readOnly && !target.disabled ? target : null;
}

export function wantsDigits(field: TextField): boolean {
  return field.inputMode === "decimal" || field.inputMode === "numeric" || field.type === "number";
}

/** Types a key as a person would, so that whoever listens to the field hears of it. */
export function typeInto(field: TextField, key: string): void {
  const length = field.value.length;
  // `null` where the type of the field knows no selection.
  const now = { text: field.value, start: field.selectionStart ?? length, end: field.selectionEnd ?? length };
  const next = typed(now, key);
  if (next.text === now.text) return;
  setValue(field, next.text);
  if (field.selectionStart !== null) field.setSelectionRange(next.start, next.end);
}

/** React keeps a setter of its own on the field and would take a value set through that for its own. */
function setValue(field: TextField, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, "value")?.set?.call(field, value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The next field in the same form, dialog or page; null after the last. */
export function fieldAfter(field: TextField): TextField | null {
  const scope = field.closest("form, [role=dialog], [role=alertdialog], main") ?? document;
  const fields = [...scope.querySelectorAll("input, textarea")].flatMap((element) => {
    const candidate = textFieldFrom(element);
    return candidate === null || candidate.tabIndex < 0 || !candidate.checkVisibility() ? [] : [candidate];
  });
  return fields[fields.indexOf(field) + 1] ?? null;
}

/** Gives the focus up. A dialog would hand it straight back to the field, so there the dialog itself takes it. */
export function leave(field: TextField): void {
  const dialog = field.closest<HTMLElement>("[role=dialog], [role=alertdialog]");
  if (dialog === null) field.blur();
  else dialog.focus();
}
