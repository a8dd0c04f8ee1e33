import { SalonError } from "@/lib/errors";
import { errorResponse } from "../../respond";

const REASONS = {
  host: () =>
    new SalonError(
      "misdirected",
      "This Salon does not answer to the host name it was called by. Open it by its address, or have its operator add the name to ALLOWED_HOSTS and start it again.",
    ),
  method: () => new SalonError("method_not_allowed", "Salon does not answer to this method."),
  address: () => new SalonError("not_found", "There is nothing at this address: it is not written as one."),
};

/** Where instrumentation-node.ts sends every request that no route is to see. */
export async function GET(_: Request, { params }: { params: Promise<{ why: string }> }): Promise<Response> {
  const { why } = await params;
  const reason = Object.entries(REASONS).find(([name]) => name === why)?.[1] ?? REASONS.address;
  const response = errorResponse(reason());
  if (why === "method") response.headers.set("allow", "GET, HEAD, POST, DELETE");
  return response;
}
