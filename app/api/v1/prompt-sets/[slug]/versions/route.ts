import { newVersion } from "@/lib/prompts/new-version";
import { previewPrompts } from "@/lib/prompts/preview-prompts";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";
import { readUpload, uploadQuery } from "../../read-upload";

/** POST /api/v1/prompt-sets/{slug}/versions?file=: make the next version of a set of one's own, of the body. */
export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "prompts.import");
    const { slug } = await params;
    const { preview, skip, file, ...ask } = readQuery(request, uploadQuery);
    const { unpacked, by, address, headers } = await readUpload(request, caller, { file, preview });
    if (preview) return json(await previewPrompts({ ...ask, unpacked, by, slug }), { headers });
    const done = await newVersion({ ...ask, slug, unpacked, by, address, skipErrors: skip });
    return json(done, { status: done.slug === slug ? 200 : 201, headers });
  });
}
