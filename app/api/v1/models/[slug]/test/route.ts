import { withModelTexts } from "@/components/caveat-text";
import { PROBE_CALLS } from "@/lib/models/probe/probe-calls";
import { requestTest } from "@/lib/models/probe/request-test";
import { readModel } from "@/lib/pages/read-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/test: have a worker test the endpoint of a model of one's own once more. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "models.change");
    const { slug } = await params;
    await takeTurn("connection-test", { voterId, address: clientAddress(request.headers) }, PROBE_CALLS);
    await requestTest({ slug, by });
    return json(withModelTexts(await readModel({ slug, ...by })));
  });
}
