import { messageOf, ReefFault } from "#contract/errors.ts";

interface Cause {
  /** Found in the error's code or, where a library put one of its own in its place, in its message. */
  readonly sign: RegExp;
  readonly words: (where: string) => string;
}

const CAUSES: readonly Cause[] = [
  { sign: /ECONNREFUSED/, words: (where) => `Nothing listens at ${where}; check address and port.` },
  { sign: /ENOTFOUND/, words: (where) => `There is no host of the name in ${where}; check its spelling.` },
  { sign: /EAI_AGAIN/, words: (where) => `The name in ${where} could not be looked up; the network may be away.` },
  { sign: /EHOSTUNREACH|ENETUNREACH/, words: (where) => `There is no way to ${where}; the network may be away.` },
  { sign: /ETIMEDOUT|timeout/i, words: (where) => `${where} did not answer in time.` },
  { sign: /ECONNRESET|EPIPE/, words: (where) => `${where} ended the connection.` },
  {
    sign: /certificate has expired|CERT_HAS_EXPIRED/,
    words: (where) => `The certificate of ${where} has expired.`,
  },
  { sign: /altnames|ALTNAME/, words: (where) => `The certificate of ${where} is for another name.` },
  {
    sign: /self-signed|SELF_SIGNED|unable to (verify|get)|UNABLE_TO/,
    words: (where) => `Nobody this machine trusts vouches for the certificate of ${where}.`,
  },
];

/** What went wrong on the way to a server, in one sentence; a fault of ours stays as it is. */
export function networkFault(error: unknown, where: string): ReefFault {
  const causes = causesOf(error);
  const ours = causes.find((cause) => cause instanceof ReefFault);
  if (ours !== undefined) return ours;
  const signs = causes.map((cause) => `${(cause as NodeJS.ErrnoException).code ?? ""} ${cause.message}`).join(" ");
  const known = CAUSES.find(({ sign }) => sign.test(signs));
  const message = known?.words(where) ?? `${where} could not be reached: ${messageOf(error)}`;
  return new ReefFault("device-unreachable", message, { cause: error });
}

/** The error and what it came from; of several addresses that were tried, the first one's. */
function causesOf(error: unknown): readonly Error[] {
  const found: Error[] = [];
  for (let cause = error; cause instanceof Error; ) {
    found.push(cause);
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause;
  }
  return found;
}
