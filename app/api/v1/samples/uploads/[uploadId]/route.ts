import { readUpload } from "@/lib/samples/read-upload";
import { removeUpload } from "@/lib/samples/remove-upload";
import { json, respond } from "../../../../respond";
import { requireSameOrigin } from "../../../../same-origin";
import { readVisitor } from "../../../../visitor";

type Context = { params: Promise<{ uploadId: string }> };

/** GET /api/v1/samples/uploads/{uploadId}: how an upload of one's own is getting on, and what did not fit. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { uploadId } = await params;
    return json(await readUpload({ uploadId, voterId: await readVisitor(request) }));
  });
}

/** DELETE /api/v1/samples/uploads/{uploadId}: give up an upload that is not over. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const { uploadId } = await params;
    await removeUpload({ uploadId, voterId: await readVisitor(request) });
    return new Response(null, { status: 204 });
  });
}
