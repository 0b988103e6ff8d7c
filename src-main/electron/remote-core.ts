import type { Session } from "electron";
import type { Logger } from "../platform/ports.ts";
import type { CertificatePins } from "./certificate-pins.ts";

const TRUST = 0;
const REFUSE = -2;
const AS_CHROMIUM_SAYS = -3;
/** net_error_list.h: the name differs, the time is past or to come, no authority vouches for it. */
const PINNABLE_ERRORS: ReadonlySet<number> = new Set([-200, -201, -202]);

interface RemoteParts {
  readonly session: Session;
  /** The core's origin. */
  readonly remote: string;
  readonly pins: CertificatePins;
  readonly log: Logger;
}

/**
 * Lets the page speak to a core elsewhere: its own certificate after a person looked at it, and its socket under the
 * origin that the core serves, since app:// is no origin that a server knows.
 */
export function allowRemoteCore({ session, remote, pins, log }: RemoteParts): void {
  const { hostname, host, protocol } = new URL(remote);
  session.setCertificateVerifyProc((request, decide) => {
    const bare = hostname.replace(/^\[|\]$/g, "");
    if (request.hostname !== bare || !PINNABLE_ERRORS.has(request.errorCode)) return decide(AS_CHROMIUM_SAYS);
    pins.isTrusted(request.certificate.fingerprint).then(
      (isTrusted) => decide(isTrusted ? TRUST : REFUSE),
      (error: unknown) => {
        log.error({ error }, "nobody could be asked about the controller's certificate");
        decide(REFUSE);
      },
    );
  });
  const socket = `${protocol === "https:" ? "wss" : "ws"}://${host}`;
  session.webRequest.onBeforeSendHeaders({ urls: [`${socket}/*`] }, ({ requestHeaders }, proceed) => {
    proceed({ requestHeaders: { ...requestHeaders, Origin: remote } });
  });
}
