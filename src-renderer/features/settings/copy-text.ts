/** @returns whether it is on the clipboard now */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Absent over plain HTTP, and refused where no page is granted anything: there the old way still works.
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const carrier = document.createElement("textarea");
  carrier.value = text;
  carrier.readOnly = true;
  document.body.append(carrier);
  carrier.select();
  const isCopied = document.execCommand("copy");
  carrier.remove();
  return isCopied;
}
