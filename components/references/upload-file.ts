import type { useTranslations } from "next-intl";
import { ApiError } from "@/components/api-client";
import { errorResponse } from "@/lib/schemas/error-response";

/**
 * Send a file as a request's body. XMLHttpRequest, because fetch does not say how much has gone up.
 * @param onShare called with the share sent, 0 to 1
 * @throws ApiError for every answer that is not 2xx, and when there is no answer
 */
export function uploadFile(
  t: ReturnType<typeof useTranslations<"site.sending">>,
  path: string,
  file: File,
  onShare: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve();
      const parsed = errorResponse.safeParse(parseJson(request.responseText));
      if (!parsed.success) {
        return reject(new ApiError("internal", t("answered", { status: `${request.status}` })));
      }
      const { code, message, field } = parsed.data.error;
      reject(new ApiError(code, message, field));
    };
    request.onerror = () => reject(new ApiError("offline", t("unreached")));
    request.send(file);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
