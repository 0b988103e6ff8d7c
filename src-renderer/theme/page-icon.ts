/** The tab's icon. Not in index.html: the browser would draw it, as a document of its own, before the tank. */
export function showPageIcon(): void {
  const link = document.createElement("link");
  link.rel = "icon";
  link.type = "image/svg+xml";
  link.href = new URL("../../resources/icon.svg", import.meta.url).href;
  document.head.append(link);
}
