import { z } from "zod";
import { listAccounts } from "@/lib/accounts/list-accounts";
import { admit } from "../../admit";
import { json, readQuery, respond } from "../../respond";

const query = z.object({ search: z.string().max(254).optional(), before: z.string().max(60).optional() });

/** GET /api/v1/users: the accounts of the site, a page at a time. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "accounts.see");
    return json(await listAccounts(readQuery(request, query)));
  });
}
