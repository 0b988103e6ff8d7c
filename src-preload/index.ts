import { contextBridge, ipcRenderer } from "electron";
import { PIPE_CHANNELS, type ReefPipe, TAKEN_EVERY_CHARS } from "#contract/pipe.ts";

interface Line {
  readonly onMessage: (text: string) => void;
  readonly onClose: (code: number) => void;
  takenChars: number;
}

const lines = new Map<number, Line>();
let lastId = 0;

ipcRenderer.on(PIPE_CHANNELS.down, (_event, id: number, text: string) => {
  const line = lines.get(id);
  if (line === undefined) return;
  line.takenChars += text.length;
  if (line.takenChars >= TAKEN_EVERY_CHARS) {
    ipcRenderer.send(PIPE_CHANNELS.taken, id, line.takenChars);
    line.takenChars = 0;
  }
  line.onMessage(text);
});

ipcRenderer.on(PIPE_CHANNELS.close, (_event, id: number, code: number) => {
  const line = lines.get(id);
  lines.delete(id);
  line?.onClose(code);
});

const pipe: ReefPipe = {
  open(onMessage, onClose) {
    lastId += 1;
    lines.set(lastId, { onMessage, onClose, takenChars: 0 });
    ipcRenderer.send(PIPE_CHANNELS.open, lastId);
    return lastId;
  },
  send(id, text) {
    if (lines.has(id) && typeof text === "string") ipcRenderer.send(PIPE_CHANNELS.up, id, text);
  },
  close(id) {
    if (lines.delete(id)) ipcRenderer.send(PIPE_CHANNELS.close, id);
  },
};

// The bridge freezes what it exposes.
contextBridge.exposeInMainWorld("reefPipe", pipe);
