import { SalonError } from "@/lib/errors";

/**
 * A request's body as bytes, no more of it read than may come.
 * @throws SalonError too_large as soon as more than `most` came; invalid_request when nothing did, or it broke off
 */
export async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new SalonError(
      "too_large",
      `The file is larger than ${Math.floor(most / 2 ** 20)} MiB, the most that this site takes.`,
    );
  if (Number(request.headers.get("content-length") ?? 0) > most) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read().catch((cause: unknown) => {
      throw new SalonError("invalid_request", "The upload broke off before its end.", { cause });
    });
    if (!chunk || chunk.done) break;
    bytes += chunk.value.byteLength;
    if (bytes > most) {
      await reader?.cancel().catch(() => {});
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
  if (bytes === 0) throw new SalonError("invalid_request", "The upload is empty.", { field: "file" });
  return Buffer.concat(chunks);
}
