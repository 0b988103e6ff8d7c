import { X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { messageOf, ReefFault } from "#contract/errors.ts";

/** Browsers and Node refuse certificates that live longer (CA/Browser Forum baseline, 398 days; ours is pinned by clients, so ten years). */
const VALID_MS = 3_650 * 86_400_000;

interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * A certificate of our own for TLS inside a home: made once, kept in `folder` (key 0600), so that a client that pinned
 * it at first use knows it again.
 * @param host the address we listen on; names besides this machine's and loopback that the certificate is good for
 * @throws ReefFault bad-setting where it cannot be made or kept
 */
export async function selfSignedCertificate(
  folder: string,
  host: string,
  nowMs: number,
): Promise<CertificateFiles> {
  const files = { certFile: join(folder, "cert.pem"), keyFile: join(folder, "key.pem") };
  try {
    if (await isUsable(files, nowMs)) return files;
    const { generate } = await import("selfsigned");
    const names = [...new Set(["localhost", hostname(), `${hostname()}.local`])];
    const addresses = [...new Set(["127.0.0.1", "::1", ...(isAddress(host) ? [host] : [])])];
    const pem = await generate([{ name: "commonName", value: hostname() }], {
      algorithm: "sha256",
      keyType: "ec",
      notBeforeDate: new Date(nowMs),
      notAfterDate: new Date(nowMs + VALID_MS),
      extensions: [
        { name: "basicConstraints", cA: false },
        {
          name: "subjectAltName",
          altNames: [
            ...names.map((value) => ({ type: 2 as const, value })),
            ...addresses.map((ip) => ({ type: 7 as const, ip })),
          ],
        },
      ],
    });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeWhole(files.keyFile, pem.private, 0o600);
    await writeWhole(files.certFile, pem.cert, 0o644);
    return files;
  } catch (error) {
    throw new ReefFault(
      "bad-setting",
      `REEF_TLS=self-signed needs a certificate in ${folder}: ${messageOf(error)}.`,
      {
        cause: error,
      },
    );
  }
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(":");
}

async function isUsable({ certFile, keyFile }: CertificateFiles, nowMs: number): Promise<boolean> {
  const [cert, key] = await Promise.all(
    [certFile, keyFile].map((file) => readFile(file, "utf8").catch(() => null)),
  );
  if (cert == null || key == null) return false;
  return Date.parse(new X509Certificate(cert).validTo) > nowMs;
}

/** Whole or not at all: a power cut leaves no half a key. */
async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  await writeFile(`${path}.new`, text, { mode, flush: true });
  await rename(`${path}.new`, path);
}
