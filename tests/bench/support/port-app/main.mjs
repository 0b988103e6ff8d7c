// B15's floor in the window: a MessageChannel to a page; a message begins with how many characters it wants back.
import { fileURLToPath } from "node:url";
import { app, BrowserWindow, MessageChannelMain } from "electron";

const at = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @type {Map<number, string>} */
const answers = new Map();

// Electron is not ready before this module has ended, so it must not wait for that.
app.whenReady().then(open, (/** @type {unknown} */ error) => {
  throw error;
});

function open() {
  const window = new BrowserWindow({ webPreferences: { preload: at("./preload.cjs"), sandbox: true } });
  window.webContents.on("did-finish-load", () => {
    const { port1, port2 } = new MessageChannelMain();
    port1.on("message", ({ data }) => {
      const length = Number.parseInt(data, 10);
      const answer = answers.get(length) ?? "x".repeat(length);
      answers.set(length, answer);
      port1.postMessage(answer);
    });
    port1.start();
    window.webContents.postMessage("port", null, [port2]);
  });
  return window.loadFile(at("./index.html"));
}
