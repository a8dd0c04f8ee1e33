import { db, type Tx } from "@/lib/db/client";
import type { ModelReview } from "@/lib/db/generated/enums";
import { keepsOffBoard, submittedBy } from "@/lib/models/visibility";
import type { SubmittedBy } from "@/lib/schemas/stack/stack-facts";

/** A model as its operator manages it. */
export interface ManagedModel {
  slug: string;
  name: string;
  creator: string;
  /** unlisted: private to its submitter, or not scored yet. */
  state: "listed" | "unlisted" | "hidden" | "waiting" | "rejected";
  submittedBy: SubmittedBy;
  /** Id of the visitor, so that all of one visitor's can be told; null: no visitor's. */
  visitor: string | null;
  /** Host and port of its endpoint; null: it has none. */
  endpoint: string | null;
  /** The newest run's state; null: no run. */
  run: string | null;
  runs: number;
  votes: number;
  submittedAt: string;
}

interface Row {
  slug: string;
  name: string;
  creator: string;
  listed: boolean;
  bundled: boolean;
  submitterId: string | null;
  review: ModelReview;
  hiddenAt: Date | null;
  baseUrl: string | null;
  run: string | null;
  runs: number;
  votes: number;
  createdAt: Date;
}

/** All models but removed ones, newest first. */
export async function listManagedModels(ask: { waiting?: boolean }, tx: Tx = db()): Promise<ManagedModel[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select m.slug, m.name, m.creator, m.listed, m.bundled, m.submitter_id as "submitterId", m.review,
      m.hidden_at as "hiddenAt", e.base_url as "baseUrl",
      (select r.state::text from runs r where r.model_id = m.id order by r.created_at desc, r.id desc limit 1) as run,
      (select count(*)::int from runs r where r.model_id = m.id) as runs,
      (select coalesce(sum(games), 0)::int from elo_ratings o where o.model_id = m.id) as votes, m.created_at as "createdAt"
    from models m left join endpoints e on e.model_id = m.id
    where m.removed_at is null
    order by m.created_at desc, m.id desc`;
  const models = rows.map(({ baseUrl, createdAt, ...row }) => ({
    slug: row.slug,
    name: row.name,
    creator: row.creator,
    state: row.listed ? ("listed" as const) : (keepsOffBoard(row) ?? ("unlisted" as const)),
    submittedBy: submittedBy(row),
    visitor: row.submitterId,
    endpoint: baseUrl === null ? null : new URL(baseUrl).host,
    run: row.run?.toLowerCase() ?? null,
    runs: row.runs,
    votes: row.votes,
    submittedAt: createdAt.toISOString(),
  }));
  return ask.waiting ? models.filter(({ state }) => state === "waiting") : models;
}
