import { importPrompts } from "@/lib/prompts/import-prompts";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { previewPrompts } from "@/lib/prompts/preview-prompts";
import { shownName } from "@/lib/schemas/shown-name";
import { admit } from "../../admit";
import { json, readQuery, respond } from "../../respond";
import { readUpload, uploadQuery } from "./read-upload";
import { z } from "zod";

/** GET /api/v1/prompt-sets: the prompt sets that the visitor may see. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json(await listPromptSets({ by }));
  });
}

const query = uploadQuery.extend({ name: shownName.optional(), into: z.string().max(100).optional() });

/**
 * POST /api/v1/prompt-sets?name=&file=: import the body as a new set, or with &into= add it to one of one's own; with &preview=1 only say
 * what that would do.
 */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "prompts.import");
    const { name, into, preview, skip, file, ...ask } = readQuery(request, query);
    const { unpacked, by, address, headers } = await readUpload(request, caller, { file, preview });
    if (preview) return json(await previewPrompts({ ...ask, unpacked, by, slug: into }), { headers });
    const done = await importPrompts({
      ...ask,
      unpacked,
      by,
      address,
      into,
      name: name ?? shownName.parse(stemOf(file)),
      listed: false,
      skipErrors: skip,
    });
    return json(done, { status: into === undefined ? 201 : 200, headers });
  });
}

const stemOf = (file: string): string => file.replace(/^.*[\\/]/, "").replace(/\.\w+$/, "").slice(0, 80); // prettier-ignore
