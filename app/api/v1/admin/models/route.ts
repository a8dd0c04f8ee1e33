import { readManagedModels } from "@/lib/administration/read-models";
import { managedQuery } from "@/lib/schemas/administration/managed-models";
import { admit } from "../../../admit";
import { json, readQuery, respond } from "../../../respond";

/** GET /api/v1/admin/models?state=&find=&before=: a page of all models of the site. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "models.manage");
    return json(await readManagedModels(readQuery(request, managedQuery)));
  });
}
