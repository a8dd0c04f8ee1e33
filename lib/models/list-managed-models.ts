import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ModelReview } from "@/lib/db/generated/enums";
import { keepsOffBoard, submittedBy } from "@/lib/models/visibility";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";
import type { ManagedModel, ManagedState } from "@/lib/schemas/administration/managed-models";

interface Row extends Omit<
  ManagedModel,
  "state" | "submittedBy" | "visitor" | "endpoint" | "run" | "submittedAt"
> {
  listed: boolean;
  bundled: boolean;
  submitterId: string | null;
  review: ModelReview;
  hiddenAt: Date | null;
  baseUrl: string | null;
  run: string | null;
  createdAt: Date;
}

interface Ask {
  /** Only those that wait for a review. */
  waiting?: boolean;
  state?: ManagedState;
  /** Part of a name, creator or slug. */
  find?: string;
  /** Id of the last model of the page before. */
  before?: string;
  /** All of them unless told. */
  limit?: number;
}

/** SQL: models of one state, in the order in which keepsOffBoard decides. */
const STATES: Record<ManagedState, Prisma.Sql> = {
  listed: Prisma.sql`m.listed`,
  hidden: Prisma.sql`not m.listed and m.hidden_at is not null`,
  waiting: Prisma.sql`not m.listed and m.hidden_at is null and m.review = 'WAITING'`,
  rejected: Prisma.sql`not m.listed and m.hidden_at is null and m.review = 'REJECTED'`,
  unlisted: Prisma.sql`not m.listed and m.hidden_at is null and m.review not in ('WAITING', 'REJECTED')`,
};

/** Models as their operator manages them, all but removed ones, newest first. */
export async function listManagedModels(ask: Ask, tx: Tx = db()): Promise<ManagedModel[]> {
  const { state = ask.waiting ? "waiting" : undefined, find, before = null, limit = null } = ask;
  const rows = await tx.$queryRaw<Row[]>`
    with page as (
      select m.* from models m
      where m.removed_at is null and ${state === undefined ? Prisma.sql`true` : STATES[state]}
        and ${find ? matching(find) : Prisma.sql`true`}
        and (${before}::text is null
          or (m.created_at, m.id) < (select b.created_at, b.id from models b where b.id = ${before}))
      order by m.created_at desc, m.id desc limit ${limit}
    )
    select m.id, m.slug, m.name, m.creator, m.listed, m.bundled, m.submitter_id as "submitterId", m.review,
      m.hidden_at as "hiddenAt", e.base_url as "baseUrl", coalesce(e.own_prompts_per_day, 0) as "ownPromptsPerDay",
      (select u.name from users u where u.voter_id = m.submitter_id) as owner,
      (select r.state::text from runs r where r.model_id = m.id order by r.created_at desc, r.id desc limit 1) as run,
      (select count(*)::int from runs r where r.model_id = m.id) as runs,
      (select coalesce(sum(games), 0)::int from elo_ratings o where o.model_id = m.id) as votes,
      (select json_build_object('runId', r.id, 'at', r.finished_at, 'failedFor', r.failure_reason) from runs r
        where r.model_id = m.id and r.state = 'FAILED' order by r.finished_at desc nulls last, r.id desc limit 1) as "lastFailure",
      (select coalesce(sum(a.bytes), 0)::float8 from artifacts a
        where a.erased_at is null and a.sha256 in (select s.artifact_hash from samples s where s.model_id = m.id)) as bytes,
      m.created_at as "createdAt"
    from page m left join endpoints e on e.model_id = m.id
    order by m.created_at desc, m.id desc`;
  return rows.map(modelOf);
}

function modelOf({ baseUrl, createdAt, lastFailure, ...row }: Row): ManagedModel {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    creator: row.creator,
    state: row.listed ? ("listed" as const) : (keepsOffBoard(row) ?? ("unlisted" as const)),
    submittedBy: submittedBy(row),
    owner: row.owner,
    visitor: row.submitterId,
    endpoint: baseUrl === null ? null : new URL(baseUrl).host,
    ownPromptsPerDay: row.bundled ? null : row.ownPromptsPerDay,
    run: row.run?.toLowerCase() ?? null,
    runs: row.runs,
    votes: row.votes,
    lastFailure: lastFailure && {
      runId: lastFailure.runId,
      at: lastFailure.at && new Date(lastFailure.at).toISOString(),
      failedFor: storedRunFailure.nullable().parse(lastFailure.failedFor),
    },
    bytes: row.bytes,
    submittedAt: createdAt.toISOString(),
  };
}

/** SQL: whether a text stands in a model's name, creator or slug, whatever its case. */
function matching(find: string): Prisma.Sql {
  const like = `%${find.replace(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`(m.name ilike ${like} or m.creator ilike ${like} or m.slug ilike ${like})`;
}
