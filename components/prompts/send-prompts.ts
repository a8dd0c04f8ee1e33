import type { useTranslations } from "next-intl";
import { ApiError } from "@/components/api-client";
import { errorResponse } from "@/lib/schemas/error-response";

/**
 * Send a file of prompts as a request's body.
 * @throws ApiError for every answer that is not 2xx, and when there is no answer
 */
export async function sendPrompts<T>(
  t: ReturnType<typeof useTranslations<"site.sending">>,
  path: string,
  body: Blob | string,
): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    cache: "no-store",
    headers: { "content-type": "application/octet-stream" },
    body,
  }).catch(() => {
    throw new ApiError("offline", t("unreached"));
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const parsed = errorResponse.safeParse(answer);
  if (!parsed.success) throw new ApiError("internal", t("answered", { status: `${response.status}` }));
  const { code, message, field } = parsed.data.error;
  throw new ApiError(code, message, field);
}
