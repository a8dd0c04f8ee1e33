import { TABLE_MEDIA_TYPES, type TableExport, type TableFormat } from "@/lib/tables/table-file";
import { streamOf } from "./stream-of";

/** A table as a download, with how many of its rows are held back from who asks. */
export function tableResponse(
  { pieces, heldBack }: TableExport,
  name: string,
  format: TableFormat,
): Response {
  return new Response(streamOf(pieces), {
    headers: {
      "content-type": TABLE_MEDIA_TYPES[format],
      "content-disposition": `attachment; filename="${encodeURIComponent(name)}.${format}"`,
      "cache-control": "no-store",
      "x-rows-held-back": String(heldBack),
    },
  });
}
