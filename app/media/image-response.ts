/** An image for a browser; the same headers for every image of a kind, whoever made it. */
export function imageResponse(
  image: { bytes: Uint8Array; mediaType: string },
  cache: "public" | "private",
): Response {
  return new Response(Uint8Array.from(image.bytes), {
    headers: {
      "content-type": image.mediaType,
      "cache-control": `${cache}, max-age=31536000, immutable`,
      "content-disposition": "inline",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    },
  });
}
