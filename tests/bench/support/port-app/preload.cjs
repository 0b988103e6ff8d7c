const { ipcRenderer } = require("electron");

ipcRenderer.on("port", (event) => globalThis.postMessage("port", "*", event.ports));
