import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { onTestFinished } from "vitest";

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url), "utf8");
/** The authority that vouches for the sink, and for every TLS sink of ours. */
export const SINK_CA = pem("cert");
export const SINK_KEY = pem("key");

export interface SunkMail {
  readonly to: readonly string[];
  readonly isEncrypted: boolean;
  readonly user: string | undefined;
  readonly source: string;
}

/** A mail server that keeps what it is given. */
export class SmtpSink {
  readonly mails: SunkMail[] = [];
  readonly #server: SMTPServer;

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      cert: SINK_CA,
      key: SINK_KEY,
      authOptional: true,
      onAuth: ({ username, password }, _session, done) => {
        if (username === "keeper" && password === "right") return done(null, { user: username });
        done(new Error("5.7.8 Authentication credentials invalid"));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          this.mails.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            isEncrypted: session.secure,
            user: session.user,
            source: Buffer.concat(chunks).toString("utf8"),
          });
          done();
        });
      },
      ...options,
    });
    this.#server.on("error", () => undefined);
  }

  /** Gone when the test ends. */
  static async start(options: SMTPServerOptions = {}): Promise<SmtpSink> {
    const sink = new SmtpSink(options);
    await new Promise<void>((resolve) => sink.#server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => sink.stop());
    return sink;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
