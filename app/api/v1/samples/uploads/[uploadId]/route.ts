import { withUploadText } from "@/components/runs/run-text";
import { readUpload } from "@/lib/samples/read-upload";
import { removeUpload } from "@/lib/samples/remove-upload";
import { admit } from "../../../../admit";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ uploadId: string }> };

/** GET /api/v1/samples/uploads/{uploadId}: how an upload of one's own is getting on, and what did not fit. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const { uploadId } = await params;
    return json(withUploadText(await readUpload({ uploadId, voterId })));
  });
}

/** DELETE /api/v1/samples/uploads/{uploadId}: give up an upload that is not over. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "samples.send");
    const { uploadId } = await params;
    await removeUpload({ uploadId, voterId });
    return new Response(null, { status: 204 });
  });
}
