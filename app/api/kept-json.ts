import { createHash } from "node:crypto";
import { KeptAnswers } from "@/lib/pages/kept-answers";
import { readPageVersion } from "@/lib/pages/page-version";

type Written = { body: string; etag: string };

const MAX_BYTES = 64 * 2 ** 20;
const written = new KeptAnswers<Written>(MAX_BYTES, ({ body }) => body.length);

/**
 * Answer with JSON that is the same for everybody who may see it: written and hashed once for each version of the data. To who has
 * it already, 304 without a body.
 * @param key all that the answer depends on besides the data; who asks has been let in before
 */
export async function keptJson(
  request: Request,
  key: string,
  make: () => Promise<unknown>,
): Promise<Response> {
  const { body, etag } = await written.get(key, await readPageVersion(Date.now()), () => write(make));
  const headers = new Headers({
    etag,
    // Browsers may keep it and must ask each time; nobody in between may, for not everybody may see every board.
    "cache-control": "private, no-cache",
  });
  if (hasAlready(request, etag)) return new Response(null, { status: 304, headers });
  headers.set("content-type", "application/json");
  return new Response(body, { headers });
}

async function write(make: () => Promise<unknown>): Promise<Written> {
  const body = JSON.stringify(await make());
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 27);
  // Weak: what is on the wire may be compressed, by Next.js, which lets no route do so itself.
  return { body, etag: `W/"${hash}"` };
}

function hasAlready(request: Request, etag: string): boolean {
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((tag) => tag.trim());
  return known.includes(etag) || known.includes("*");
}
