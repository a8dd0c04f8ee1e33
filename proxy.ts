import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "@/app/content-security-policy";

/** Every page's answer says which scripts are ours. Next.js reads the nonce from the request and marks its own by it. */
export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(
    randomBytes(16).toString("base64"),
    process.env.NODE_ENV === "development",
  );
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  // Only a proxy of ours is believed (instrumentation-node.ts); over http a browser would ignore it.
  if (request.headers.get("x-forwarded-proto") === "https")
    response.headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

export const config = {
  // Programs and files have a policy of their own in next.config.js, and so has what others may frame (app/embed); and what comes by here is read whole into memory.
  matcher: ["/((?!api/|media/|embed/|_next/static/|_next/image).*)"],
};
