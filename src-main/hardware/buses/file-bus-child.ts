import { constants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { type FileBusAnswer, type FileBusMessage, READY_ID } from "./file-bus-protocol.ts";

/** sysfs answers in one page, procfs in a few; anything longer is no file of a device. */
const MAX_BYTES = 65_536;

async function readWhole(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY);
  try {
    const bytes = Buffer.allocUnsafe(MAX_BYTES);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(bytes, length, MAX_BYTES - length, null);
      length += bytesRead;
      if (bytesRead === 0 || length === MAX_BYTES) return bytes.toString("utf8", 0, length);
    }
  } finally {
    await file.close();
  }
}

/** Never creates: a missing file is a missing device. */
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_TRUNC);
  try {
    await file.write(text);
  } finally {
    await file.close();
  }
}

async function answerTo(message: FileBusMessage): Promise<FileBusAnswer> {
  const { id } = message;
  switch (message.op) {
    case "ping":
      return { id, text: "" };
    case "read":
      return { id, text: await readWhole(message.path) };
    case "write":
      await writeWhole(message.path, message.text);
      return { id, text: "" };
    case "list":
      return { id, names: await readdir(message.path) };
  }
}

function send(answer: FileBusAnswer): void {
  // A closed channel means that the parent is gone; "disconnect" below ends this process.
  process.send?.(answer, undefined, {}, () => undefined);
}

process.on("message", (message: FileBusMessage) => {
  answerTo(message).then(send, (error: NodeJS.ErrnoException) =>
    send({ id: message.id, errno: error.code ?? "EIO" }),
  );
});
// A hung kernel call holds up even process.exit(); only a signal ends such a process.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// Ctrl-C reaches the whole process group, and the parent still drives outputs to their safe state through this child.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
send({ id: READY_ID, text: "" });
