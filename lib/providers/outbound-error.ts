export type OutboundReason =
  /** Not an http(s) address, or one with a user name in it. */
  | "BAD_URL"
  /** The host is not on the public Internet and not on the list of who owns the endpoint. */
  | "BLOCKED"
  | "UNREACHABLE"
  | "TIMEOUT"
  /** More bytes than were allowed, after decompression. */
  | "TOO_LARGE"
  /** JSON of more lists, fields or levels than its reader has a use for. */
  | "TOO_COMPLEX"
  /** This process holds as many bytes of unread answers as it may; this one was the largest of them. */
  | "BUSY"
  /** More redirects than are followed, or one that leads nowhere. */
  | "REDIRECT"
  /** Compressed in a way we did not ask for and cannot read. */
  | "ENCODING";

/** A request that could not be made or read to its end; the message is a sentence for whoever gave the address. */
export class OutboundError extends Error {
  override readonly name = "OutboundError";
  constructor(
    readonly reason: OutboundReason,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

/** Whether the same request may well succeed later. */
export const isTransient = ({ reason }: OutboundError): boolean =>
  reason === "UNREACHABLE" || reason === "BUSY";

const CAUSES: Record<string, string> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name cannot be looked up at the moment",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  UND_ERR_SOCKET: "it closed the connection",
  UND_ERR_CONNECT_TIMEOUT: "it does not answer",
  UND_ERR_HEADERS_OVERFLOW: "it answers with too many headers",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "its answer has another length than it says",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
};

/** What broke a request to an address, in words; never those of the libraries we call with. */
export function describeOutbound(error: unknown, address: string): OutboundError {
  // Several addresses of one name fail together, each for its own reason.
  const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
  if (first instanceof OutboundError) return first;
  const { origin } = new URL(address);
  const code = String((first as NodeJS.ErrnoException).code ?? "");
  if (code.startsWith("Z_") || code.startsWith("ERR__ERROR_FORMAT")) {
    return new OutboundError("ENCODING", `The answer of ${origin} is compressed wrongly.`, { cause: error });
  }
  const why = CAUSES[code] ?? kindOf(code);
  return new OutboundError("UNREACHABLE", `${origin} cannot be reached: ${why}.`, { cause: error });
}

function kindOf(code: string): string {
  if (code.startsWith("CERT") || code.includes("SELF_SIGNED") || code.startsWith("ERR_TLS"))
    return "its certificate is not trusted";
  if (code.startsWith("ERR_SSL") || code === "EPROTO") return "it does not speak TLS as it should";
  if (code.startsWith("HPE_")) return "it does not speak HTTP as it should";
  return /^[A-Z0-9_]{2,60}$/.test(code) ? `the connection failed (${code})` : "the connection failed";
}
