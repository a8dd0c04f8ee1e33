import { withUploadText } from "@/components/runs/run-text";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { readUpload } from "@/lib/samples/read-upload";
import { startUpload } from "@/lib/samples/start-upload";
import { sampleUploadRequest } from "@/lib/schemas/sample-uploads";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";
import { admitVisitor } from "../../../visitor";

/** POST /api/v1/samples/uploads: begin an upload of samples, of a new model or to a run of one's own. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "samples.upload");
    const wanted = await readBody(request, sampleUploadRequest);
    const { voterId, headers } = await admitVisitor(request, caller);
    const address = clientAddress(request.headers);
    await takeTurn("submission", { voterId, address });
    const { uploadId } = await startUpload({ ...caller.by, wanted, voterId, address });
    return json(withUploadText(await readUpload({ uploadId, voterId })), { status: 201, headers });
  });
}
