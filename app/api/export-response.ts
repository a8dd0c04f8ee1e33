import { streamOf } from "./stream-of";

/** Somebody's data as a download, in JSON lines. */
export function exportResponse(lines: AsyncGenerator<string>): Response {
  return new Response(streamOf(lines), {
    headers: {
      "content-type": "application/x-ndjson; charset=utf-8",
      "content-disposition": 'attachment; filename="salon-export.jsonl"',
      "cache-control": "no-store",
    },
  });
}
