import { setSampleState } from "@/lib/moderation/set-state";
import { stateChange } from "@/lib/schemas/moderation";
import { admit } from "../../../../admit";
import { json, readBody, respond } from "../../../../respond";

/** POST /api/v1/samples/{sampleId}/state: decide how an image may be shown. */
export function POST(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "samples.moderate");
    const change = await readBody(request, stateChange);
    const { sampleId } = await params;
    return json(await setSampleState({ ...change, sampleId, by, now: new Date() }));
  });
}
