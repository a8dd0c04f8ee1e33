import { Upload } from "tus-js-client";
import { asApiError, callApi } from "@/components/api-client";
import { errorResponse } from "@/lib/schemas/error-response";
import type { SampleUploadInput, SampleUploadView } from "@/lib/schemas/sample-uploads";

/** Bytes of one request: lost at most when the line breaks. */
const CHUNK_BYTES = 8 * 2 ** 20;
/** What is tried again by itself; after that a person decides. */
const RETRY_MS = [1_000, 3_000, 5_000, 10_000, 20_000];

/**
 * Begin an upload, or go on with one of the same name and length.
 * @throws ApiError
 */
export function beginUpload(
  wanted: SampleUploadInput,
  open: readonly SampleUploadView[],
): Promise<SampleUploadView> {
  const begun = open.find(
    ({ name, bytes, runId }) =>
      name === wanted.file &&
      bytes === wanted.bytes &&
      (wanted.runId === undefined || runId === wanted.runId),
  );
  return begun === undefined
    ? callApi<SampleUploadView>("/api/v1/samples/uploads", { body: wanted })
    : Promise.resolve(begun);
}

/**
 * Send an upload's bytes from where they ended, in parts, each tried again when the line breaks.
 * @param told onShare: is called with the share that is here, 0 to 1; broke: what is said where no answer says why it ended
 * @returns when all is here; `stop` ends it, to be gone on with later
 */
export function sendBytes(
  upload: SampleUploadView,
  file: Blob,
  told: { onShare: (share: number) => void; broke: string },
): { done: Promise<void>; stop: () => void } {
  let client: Upload | undefined;
  const done = new Promise<void>((resolve, reject) => {
    client = new Upload(file, {
      uploadUrl: upload.bytesUrl,
      chunkSize: CHUNK_BYTES,
      retryDelays: RETRY_MS,
      onProgress: (sent, total) => told.onShare(total > 0 ? sent / total : 0),
      onSuccess: () => resolve(),
      onError: (error) => reject(asApiError(new Error(reasonOf(error) ?? told.broke))),
    });
    client.start();
  });
  return { done, stop: () => void client?.abort() };
}

/** The site's own sentence; null: it did not answer. */
function reasonOf(error: Error): string | null {
  const body =
    "originalResponse" in error ? (error.originalResponse as { getBody(): string } | null)?.getBody() : "";
  const said = errorResponse.safeParse(parseJson(body ?? ""));
  return said.success ? said.data.error.message : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
