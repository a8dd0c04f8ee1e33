import { takeTurn } from "@/lib/rate-limits/take-turn";
import { receivePart } from "@/lib/samples/receive-part";
import { admit } from "../../../../../admit";
import { clientAddress } from "../../../../../client-address";
import { respond } from "../../../../../respond";

type Context = { params: Promise<{ uploadId: string }> };

function answer(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "samples.send");
    const { uploadId } = await params;
    await takeTurn("upload-part", { voterId, address: clientAddress(request.headers) });
    return receivePart({ request, uploadId, voterId });
  });
}

/** HEAD /api/v1/samples/uploads/{uploadId}/bytes: how many bytes are here, by the tus protocol. */
export { answer as HEAD };

/** PATCH /api/v1/samples/uploads/{uploadId}/bytes: add bytes where the last ended, by the tus protocol. */
export { answer as PATCH };
