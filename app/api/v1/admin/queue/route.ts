import { changeQueue } from "@/lib/administration/change-queue";
import { readQueue } from "@/lib/administration/read-queue";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { queueChange } from "@/lib/schemas/administration/queue";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** GET /api/v1/admin/queue: the jobs, the workers and what is paused. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "queue.manage");
    return json(await readQueue());
  });
}

/** POST /api/v1/admin/queue: have failed jobs done again, or remove one. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "queue.manage");
    const change = await readBody(request, queueChange);
    await takeTurn("administration", { voterId, address: clientAddress(request.headers) });
    return json({ changed: await changeQueue({ change, by }) });
  });
}
