import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Read by one statement. */
const PAGE = 2_000;
const NO_HASH = "0".repeat(64);

export interface ChainReport {
  /** How many events hold together, from the first on. */
  events: number;
  /** Of the last of them. To keep elsewhere: it vouches for all events up to there. */
  hash: string;
  /** The first event that does not hold, and why. */
  broken: { id: string; why: string } | null;
}

/**
 * The text that an event's hash is of, with its keys in the order of jsonb. It is written out here so that a function changed in
 * the database cannot vouch for itself.
 */
const TEXT = Prisma.sql`jsonb_build_object(
  'id', id,
  'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'actor', actor,
  'actorId', actor_id,
  'action', action,
  'subjectKind', subject_kind,
  'subjectId', subject_id,
  'subject', subject,
  'before', before,
  'after', after,
  'prevHash', prev_hash)::text`;

type Row = { id: bigint; prevHash: string; hash: string; computed: string };

/**
 * Walk the audit log from its first event, page by page.
 * @param expected a hash that an earlier walk ended with: events cut off the end show by it alone
 */
export async function verifyChain(
  { expected }: { expected?: string } = {},
  tx: Tx = db(),
): Promise<ChainReport> {
  let last = { id: 0n, hash: NO_HASH };
  let met = expected === undefined || expected === NO_HASH;
  for (;;) {
    const rows = await tx.$queryRaw<Row[]>`
      select id, prev_hash as "prevHash", hash, encode(sha256(convert_to(${TEXT}, 'UTF8')), 'hex') as computed
      from audit_events where id > ${last.id} order by id limit ${PAGE}`;
    for (const row of rows) {
      const why = faultOf(row, last);
      if (why !== null)
        return { events: Number(last.id), hash: last.hash, broken: { id: String(row.id), why } };
      met ||= row.hash === expected;
      last = row;
    }
    if (rows.length < PAGE) break;
  }
  const end = { events: Number(last.id), hash: last.hash };
  if (met) return { ...end, broken: null };
  const why = "the log has no event of the expected hash: it was cut off, or written anew";
  return { ...end, broken: { id: String(last.id + 1n), why } };
}

function faultOf(row: Row, last: { id: bigint; hash: string }): string | null {
  if (row.id !== last.id + 1n) return `event ${last.id + 1n} before it is missing`;
  if (row.prevHash !== last.hash) return "it does not follow the event before it";
  return row.computed === row.hash ? null : "it is not as it was written";
}
