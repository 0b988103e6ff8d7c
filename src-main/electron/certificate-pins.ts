import { z } from "zod";
import type { KeptFile } from "./kept-file.ts";

/** The SHA-256 fingerprint of each core's certificate that a person said yes to, by the core's origin. */
export const PinnedCertificates = z.record(z.string(), z.string());

/** What is asked of a person: is this the certificate that the controller shows? */
export interface CertificateQuestion {
  readonly origin: string;
  /** SHA-256, in the pairs of hexadecimal digits that every other program shows. */
  readonly fingerprint: string;
  /** The one that was trusted until now, where there was one. */
  readonly trustedBefore: string | null;
}

interface PinParts {
  readonly origin: string;
  readonly file: KeptFile<typeof PinnedCertificates>;
  ask(question: CertificateQuestion): Promise<boolean>;
}

/** Trust on first use: nobody vouches for a controller's own certificate, so a person looks at it once. */
export class CertificatePins {
  readonly #parts: PinParts;
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(parts: PinParts) {
    this.#parts = parts;
  }

  /**
   * Whether a certificate that no authority vouches for may be spoken to. One question at a time for each certificate.
   * @param fingerprint as Chromium gives it: `sha256/` and base64
   */
  isTrusted(fingerprint: string): Promise<boolean> {
    const known = this.#asked.get(fingerprint);
    if (known !== undefined) return known;
    const answer = this.#decide(hexPairsFrom(fingerprint));
    this.#asked.set(fingerprint, answer);
    return answer;
  }

  async #decide(fingerprint: string): Promise<boolean> {
    const { origin, file, ask } = this.#parts;
    const pinned = (await file.load()) ?? {};
    const trustedBefore = pinned[origin] ?? null;
    if (trustedBefore === fingerprint) return true;
    if (!(await ask({ origin, fingerprint, trustedBefore }))) return false;
    await file.save({ ...pinned, [origin]: fingerprint });
    return true;
  }
}

/** `sha256/` and base64 as the usual `AB:CD:…`. */
export function hexPairsFrom(fingerprint: string): string {
  const bytes = Buffer.from(fingerprint.replace(/^sha256\//, ""), "base64");
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(":");
}
