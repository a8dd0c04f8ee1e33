import { SalonError } from "@/lib/errors";

export type EncoderErrorReason =
  "UNKNOWN_ENCODER" | "WEIGHTS_MISSING" | "WEIGHTS_WRONG" | "BAD_MANIFEST" | "EMPTY";

/** An encoder that cannot be opened or used; the message names the file or encoder. */
export class EncoderError extends SalonError {
  override readonly name = "EncoderError";
  constructor(
    readonly reason: EncoderErrorReason,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(reason === "UNKNOWN_ENCODER" ? "not_found" : "internal", message, options);
  }
}
