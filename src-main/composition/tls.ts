import { join } from "node:path";
import { ReefFault } from "#contract/errors.ts";
import type { Settings } from "../settings/environment.ts";
import type { TlsSettings } from "../web/ports.ts";
import { selfSignedCertificate } from "../web/self-signed.ts";

/** What the web server speaks: a certificate of the user's, or one of our own that is made once and kept in the data folder. */
export async function tlsFrom({ http: { host, tls }, dataDir }: Settings, nowMs: number): Promise<TlsSettings> {
  switch (tls.mode) {
    case "off":
      return { mode: "off" };
    case "self-signed":
      return { mode: "cert", ...(await selfSignedCertificate(join(dataDir, "tls"), host, nowMs)) };
    case "cert": {
      const { certFile, keyFile } = tls;
      if (certFile === null || keyFile === null)
        throw new ReefFault("bad-setting", "REEF_TLS=cert needs both of its files.");
      return { mode: "cert", certFile, keyFile };
    }
  }
}
