import { SalonError } from "@/lib/errors";

/** A file that is not what it should be; the message begins with its path. */
export class FileError extends SalonError {
  override readonly name = "FileError";
  constructor(
    readonly path: string,
    problem: string,
    options: ErrorOptions = {},
  ) {
    super("invalid_request", `${path}: ${problem}`, options);
  }
}
