import { SalonError } from "@/lib/errors";
import { errorResponse } from "../respond";

/** Where instrumentation-node.ts sends every request under a host name that this site does not answer to. */
export function GET(): Response {
  return errorResponse(
    new SalonError(
      "misdirected",
      "This Salon does not answer to the host name it was called by. Open it by its address, or have its operator add the name to ALLOWED_HOSTS and start it again.",
    ),
  );
}
