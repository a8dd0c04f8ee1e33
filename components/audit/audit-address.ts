import type { AuditFilter } from "@/lib/schemas/accounts/audit";

/** An address that keeps the filter, with what comes besides. */
export function auditAddress(path: string, filter: AuditFilter, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filter, ...more }).filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  const query = new URLSearchParams(given).toString();
  return query === "" ? path : `${path}?${query}`;
}
