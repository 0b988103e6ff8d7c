import { app, Menu, type MenuItemConstructorOptions } from "electron";
import type { Words } from "./words.ts";

/** The desktop's application menu; none in kiosk mode, where nobody has a keyboard and the page is all there is. */
export function setApplicationMenu(isKiosk: boolean, words: Words): void {
  Menu.setApplicationMenu(isKiosk ? null : Menu.buildFromTemplate(templateFor(words)));
}

function templateFor(words: Words): MenuItemConstructorOptions[] {
  const forDevelopers: MenuItemConstructorOptions[] = app.isPackaged ? [] : [{ role: "toggleDevTools" }];
  return [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    { label: words.file, submenu: [{ label: words.quit, accelerator: "CmdOrCtrl+Q", click: () => app.quit() }] },
    {
      label: words.edit,
      submenu: [
        { role: "undo" },
        { role: "redo" },
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: "reload" },
        { type: "separator" },
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        ...forDevelopers,
      ],
    },
  ];
}
