import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FILE_BUS_THREADS, type FileBusAnswer, type FileBusMessage } from "./file-bus-protocol.ts";

/** Enough of a crash's words to know it by. */
const STDERR_TAIL_CHARS = 500;

export interface FileBusLinkOptions {
  /** The child's entry: file-bus-child.ts from source, its bundle otherwise. */
  readonly childUrl: URL;
  /** The Node (or Electron) that runs it. */
  readonly execPath: string;
  readonly onAnswer: (link: FileBusLink, answer: FileBusAnswer) => void;
  /** Called once, however the child ended. */
  readonly onEnd: (link: FileBusLink, why: string) => void;
}

/** One life of the child process. */
export class FileBusLink {
  readonly #options: FileBusLinkOptions;
  #child: ChildProcess | null = null;
  #hasEnded: boolean = false;
  #stderrTail = "";

  constructor(options: FileBusLinkOptions) {
    this.#options = options;
  }

  /** Never throws: a child that cannot start ends like any other. Messages sent before it listens wait in the pipe. */
  start(): void {
    const { childUrl, execPath, onAnswer } = this.#options;
    const child = fork(fileURLToPath(childUrl), [], {
      execPath,
      execArgv: [],
      env: { UV_THREADPOOL_SIZE: String(FILE_BUS_THREADS), ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child = child;
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderrTail = (this.#stderrTail + text).slice(-STDERR_TAIL_CHARS);
    });
    child.on("message", (answer) => onAnswer(this, answer as FileBusAnswer));
    child.on("error", (error) => this.#end(error.message));
    child.on("exit", (code, signal) => this.#end(`exit ${code ?? signal} ${this.#stderrTail}`.trim()));
  }

  send(message: FileBusMessage): void {
    // What cannot be sent is lost with the child, whose end is reported by itself.
    this.#child?.send(message, () => undefined);
  }

  /** SIGKILL: nothing less ends a process with a hung kernel call. */
  kill(): void {
    this.#child?.kill("SIGKILL");
    this.#end("killed");
  }

  #end(why: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#options.onEnd(this, why);
  }
}
