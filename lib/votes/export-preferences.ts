import { lookedAt } from "@/lib/prompts/shown-states";
import { standing } from "@/lib/boards/board-models";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Asker } from "@/lib/models/visibility";
import { heldBackFrom, type HeldBack } from "@/lib/prompts/held-back-samples";
import { promptPages } from "@/lib/prompts/prompt-pages";
import { tableFile, type Column, type TableExport, type TableFormat } from "@/lib/tables/table-file";
import { mergePreference } from "@/lib/votes/merge-preference";

/** Prompts a page: all pairs of samples of so many are held in memory. */
const PAGE = 10;

/** Two samples of a prompt of which people chose one, as preference optimisation takes them. */
export interface PreferenceRow {
  prompt_key: string;
  prompt: string;
  category: string;
  /** Ids of samples. */
  chosen: string;
  rejected: string;
  /** Slugs. */
  chosen_model: string;
  rejected_model: string;
  chosen_sha256: string;
  rejected_sha256: string;
  /** Address within the site; null where who asks may not open it. */
  chosen_image: string | null;
  rejected_image: string | null;
  chosen_votes: number;
  rejected_votes: number;
}

const COLUMNS: Column<PreferenceRow>[] = [
  { name: "prompt_key", type: "text" },
  { name: "prompt", type: "text" },
  { name: "category", type: "text" },
  { name: "chosen", type: "text" },
  { name: "rejected", type: "text" },
  { name: "chosen_model", type: "text" },
  { name: "rejected_model", type: "text" },
  { name: "chosen_sha256", type: "text" },
  { name: "rejected_sha256", type: "text" },
  { name: "chosen_image", type: "text" },
  { name: "rejected_image", type: "text" },
  { name: "chosen_votes", type: "integer" },
  { name: "rejected_votes", type: "integer" },
];

/**
 * What a board's counted, decisive votes say of stored samples, in the order of the prompts: one row a pair of samples, its votes added
 * up; ties, and pairs with as many votes for each, are left out, as are models that do not stand on the board.
 * @throws SalonError "not_found" for an unknown board, or one that who asks may not see
 */
export async function exportPreferences(
  ask: { board: string; format: Exclude<TableFormat, "csv">; by: Asker },
  tx: Tx = db(),
): Promise<TableExport> {
  const board = await requireBoard({ slug: ask.board, by: ask.by, to: "see" }, tx);
  const heldBack = await heldBackFrom(board, ask.by, tx);
  const pages = readPages({ board, heldBack, by: ask.by }, tx);
  return {
    pieces: tableFile(ask.format, COLUMNS, pages),
    heldBack: ask.by === "operator" ? 0 : await countHeldBack(board, heldBack, tx),
  };
}

/** SQL: pairs of samples of a board's decisive votes, least id first, with the votes for each. */
const pairsOf = (boardId: string, prompts: Prisma.Sql) => Prisma.sql`
  with pairs as (
    select b.prompt_id, least(b.left_sample_id, b.right_sample_id) as x, greatest(b.left_sample_id, b.right_sample_id) as y,
      count(*) filter (where (v.outcome = 'LEFT') = (b.left_sample_id < b.right_sample_id))::int as first,
      count(*) filter (where (v.outcome = 'LEFT') <> (b.left_sample_id < b.right_sample_id))::int as second
    from battles b
    join votes v on v.battle_id = b.id
    where b.board_id = ${boardId} and b.kind = 'STORED' and v.status = 'COUNTED' and v.outcome in ('LEFT', 'RIGHT')
      and b.left_sample_id is not null and b.right_sample_id is not null and ${prompts}
    group by 1, 2, 3
  )`;

/** SQL: whose pairs they are. */
const sidesOf = (boardId: string) => Prisma.sql`
  join prompts p on p.id = pairs.prompt_id
  join boards b on b.id = ${boardId}
  join samples sl on sl.id = pairs.x
  join models l on l.id = sl.model_id
  join samples sr on sr.id = pairs.y
  join models r on r.id = sr.model_id`;

async function countHeldBack(board: { id: string }, heldBack: HeldBack, tx: Tx): Promise<number> {
  const [{ n }] = await tx.$queryRaw<[{ n: number }]>`
    ${pairsOf(board.id, Prisma.sql`true`)}
    select count(*)::int as n from pairs ${sidesOf(board.id)}
    where pairs.first <> pairs.second and ${standing("l")} and ${standing("r")}
      and (${heldBack("l")} or ${heldBack("r")})`;
  return n;
}

type Read = {
  key: string;
  prompt: string;
  category: string;
  first: number;
  second: number;
} & Record<`${"x" | "y"}${"Id" | "Model" | "Sha256"}`, string> &
  Record<`${"x" | "y"}Opens`, boolean>;

async function* readPages(
  ask: { board: { id: string; promptSetId: string }; heldBack: HeldBack; by: Asker },
  tx: Tx,
): AsyncGenerator<PreferenceRow[]> {
  const { board, heldBack, by } = ask;
  for await (const ids of promptPages(await promptSetsOf(board, tx), PAGE, tx)) {
    const rows = await tx.$queryRaw<Read[]>`
      ${pairsOf(board.id, Prisma.sql`b.prompt_id = any (${ids})`)}
      select p.key, p.text as prompt, p.category, pairs.first, pairs.second,
        sl.id as "xId", l.slug as "xModel", sl.artifact_hash as "xSha256", ${opens("l", by)} as "xOpens",
        sr.id as "yId", r.slug as "yModel", sr.artifact_hash as "ySha256", ${opens("r", by)} as "yOpens"
      from pairs ${sidesOf(board.id)}
      where ${standing("l")} and ${standing("r")} and not ${heldBack("l")} and not ${heldBack("r")}
        and ${lookedAt("sl")} and ${lookedAt("sr")}
      order by p.index, pairs.x, pairs.y`;
    yield rows.flatMap((row) => rowOf(row) ?? []);
  }
}

/** SQL: whether somebody may open a sample of this model on prompt `p` by its address (lib/runs/read-sample-image.ts). */
function opens(alias: "l" | "r", by: Asker): Prisma.Sql {
  const m = Prisma.raw(alias);
  const own = by === "operator" ? Prisma.sql`false` : Prisma.sql`${m}.submitter_id = ${by.voterId}`;
  return Prisma.sql`coalesce(case when ${m}.listed then not p.arena else ${own} end, false)`;
}

function rowOf(row: Read): PreferenceRow | null {
  const preference = mergePreference(row);
  if (preference === null) return null;
  const [chosen, rejected] = preference.chosen === "first" ? (["x", "y"] as const) : (["y", "x"] as const);
  const imageOf = (side: "x" | "y") => (row[`${side}Opens`] ? `/media/samples/${row[`${side}Id`]}` : null);
  return {
    prompt_key: row.key,
    prompt: row.prompt,
    category: row.category,
    chosen: row[`${chosen}Id`],
    rejected: row[`${rejected}Id`],
    chosen_model: row[`${chosen}Model`],
    rejected_model: row[`${rejected}Model`],
    chosen_sha256: row[`${chosen}Sha256`],
    rejected_sha256: row[`${rejected}Sha256`],
    chosen_image: imageOf(chosen),
    rejected_image: imageOf(rejected),
    chosen_votes: preference.chosenVotes,
    rejected_votes: preference.rejectedVotes,
  };
}
