/** An image for a browser; the same headers for every image of a kind, whoever made it. */
export function imageResponse(
  image: { bytes: Uint8Array; mediaType: string },
  cache: "public" | "private",
  /** Seconds that it may be kept; absent: for good, since the bytes at its address never change. */
  seconds?: number,
): Response {
  return new Response(Uint8Array.from(image.bytes), {
    headers: {
      "content-type": image.mediaType,
      "cache-control":
        seconds === undefined ? `${cache}, max-age=31536000, immutable` : `${cache}, max-age=${seconds}`,
      "content-disposition": "inline",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}
