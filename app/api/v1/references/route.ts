import { z } from "zod";
import { withReferenceTexts } from "@/components/references/failure-text";
import { listReferences } from "@/lib/references/list-references";
import { uploadReference } from "@/lib/references/upload-reference";
import { shownName } from "@/lib/schemas/shown-name";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readQuery, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** GET /api/v1/references: the reference sets. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json(withReferenceTexts(await listReferences(by)));
  });
}

const query = z.object({
  name: shownName,
  encoder: z.string().max(64).default("toybox-encoder"),
  resize: z.enum(["clean", "tf1", "torch"]).optional(),
  frames: z.coerce.number().int().min(1).max(1024).optional(),
  n: z.coerce.number().int().min(2).max(100_000_000).optional(),
});

/** POST /api/v1/references?name=: upload a set; the body is the file itself, written to disk as it arrives. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "references.add");
    const { name, encoder, resize, frames, n } = readQuery(request, query);
    const { voterId, headers } = await admitVisitor(request, caller);
    const address = clientAddress(request.headers);
    await takeTurn("upload", { voterId, address });
    const length = Number(request.headers.get("content-length"));
    const id = await uploadReference({
      name,
      encoder,
      resize,
      frames,
      n: n ?? null,
      voterId,
      via: caller.by.via,
      address,
      body: request.body,
      length: length > 0 ? length : null,
    });
    return json({ id }, { status: 201, headers });
  });
}
