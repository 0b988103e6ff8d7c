import { messageOf, ReefFault } from "#contract/errors.ts";

const WORDS: Readonly<Record<string, (where: string) => string>> = {
  ECONNREFUSED: (where) => `Nothing listens at ${where}; check address and port.`,
  ENOTFOUND: (where) => `There is no host of the name in ${where}; check its spelling and the name server.`,
  EAI_AGAIN: (where) => `The name in ${where} could not be looked up; the network may be away.`,
  EHOSTUNREACH: (where) => `There is no way to ${where}; the network may be away.`,
  ENETUNREACH: (where) => `There is no way to ${where}; the network may be away.`,
  ETIMEDOUT: (where) => `${where} did not answer in time.`,
  ECONNRESET: (where) => `${where} ended the connection.`,
  EPIPE: (where) => `${where} ended the connection.`,
  CERT_HAS_EXPIRED: (where) => `The certificate of ${where} has expired.`,
  ERR_TLS_CERT_ALTNAME_INVALID: (where) => `The certificate of ${where} is for another name.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
};

function untrusted(where: string): string {
  return `Nobody this machine trusts vouches for the certificate of ${where}.`;
}

/** What went wrong on the way to a server, in one sentence; a fault of ours stays as it is. */
export function networkFault(error: unknown, where: string): ReefFault {
  const found = faultIn(error);
  if (found !== null) return found;
  const code = codeIn(error);
  const words = WORDS[code];
  const message = words === undefined ? `${where} could not be reached: ${messageOf(error)}` : words(where);
  return new ReefFault("device-unreachable", message, { cause: error });
}

/** Happy eyeballs tries several addresses and reports them together: the first one's words do. */
function first(error: unknown): unknown {
  return error instanceof AggregateError ? error.errors[0] : error;
}

function faultIn(error: unknown): ReefFault | null {
  for (let cause = first(error); cause instanceof Error; cause = first(cause.cause)) {
    if (cause instanceof ReefFault) return cause;
  }
  return null;
}

function codeIn(error: unknown): string {
  for (let cause = first(error); cause instanceof Error; cause = first(cause.cause)) {
    const { code } = cause as NodeJS.ErrnoException;
    if (typeof code === "string" && code in WORDS) return code;
  }
  return "";
}
