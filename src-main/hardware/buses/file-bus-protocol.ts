/** What the core asks of its file-bus child. Paths are absolute and checked by the parent. */
export type FileBusCall =
  | { readonly op: "read"; readonly path: string }
  | { readonly op: "write"; readonly path: string; readonly text: string }
  | { readonly op: "list"; readonly path: string };

export type FileBusMessage = { readonly id: number } & (FileBusCall | { readonly op: "ping" });

/** `text` for a read (empty for a write and a ping), `names` for a list, `errno` where the kernel refused. */
export type FileBusAnswer = { readonly id: number } & (
  | { readonly text: string }
  | { readonly names: readonly string[] }
  | { readonly errno: string }
);

/** The id of the child's first message: it listens. */
export const READY_ID = 0;

/**
 * Threads of the child's pool. A hung kernel call holds one until the child dies; a tank has a few dozen file devices
 * at most, and an idle thread costs some 20 KB.
 */
export const FILE_BUS_THREADS = 64;
