/** A run's samples as a tar archive to keep. */
export const samplesResponse = (runId: string, archive: ReadableStream<Uint8Array>): Response =>
  new Response(archive, {
    headers: {
      "content-type": "application/x-tar",
      "content-disposition": `attachment; filename="${encodeURIComponent(runId)}.tar"`,
      "cache-control": "no-store",
    },
  });
