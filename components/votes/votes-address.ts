import type { VoteFilter } from "@/lib/schemas/administration/vote-admin";

/** The page of votes that a filter lets through, with what comes besides. */
export function votesAddress(filter: Partial<VoteFilter>, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filter, ...more }).filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  return `/votes?${new URLSearchParams(given).toString()}`;
}
