import { listPages } from "@/lib/audit/list-events";
import { db, type Tx } from "@/lib/db/client";
import type { AuditFilter } from "@/lib/schemas/accounts/audit";
import { tableFile } from "@/lib/tables/table-file";

const COLUMNS = [
  "id",
  "at",
  "actor",
  "actorId",
  "action",
  "subjectKind",
  "subjectId",
  "subject",
  "before",
  "after",
  "hash",
] as const;

/** The audit log as a file, the newest event first; in CSV the changed fields are JSON. */
export function exportEvents(
  { filter, format }: { filter: AuditFilter; format: "csv" | "jsonl" },
  tx: Tx = db(),
): AsyncGenerator<string | Uint8Array> {
  const columns = COLUMNS.map((name) => ({ name, type: "text" as const }));
  if (format === "csv") return tableFile(format, columns, flat(filter, tx));
  return tableFile(format, columns, listPages(filter, tx));
}

async function* flat(filter: AuditFilter, tx: Tx) {
  const jsonOf = (fields: object | null) => (fields === null ? null : JSON.stringify(fields));
  for await (const page of listPages(filter, tx)) {
    yield page.map((event) => ({ ...event, before: jsonOf(event.before), after: jsonOf(event.after) }));
  }
}
