import { promptSetsOf } from "@/lib/boards/board-prompts";
import { createHash } from "node:crypto";
import { toStoredOutcome } from "@/lib/votes/vote-outcome";
import type { Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { importedPromptSet } from "@/lib/prompts/reserved-slugs";
import type { LogRow } from "@/lib/votes/survey-log";
import type { Outcome } from "@/lib/ratings/outcome";

/** Votes that a log gives no category are counted under this one. */
export const UNCATEGORISED = "uncategorised";

const STORED: Record<Outcome, VoteOutcome> = {
  a: toStoredOutcome("left"),
  b: toStoredOutcome("right"),
  tie: toStoredOutcome("tie"),
  both_bad: toStoredOutcome("both_bad"),
};

/** Rows of one statement: a few megabytes at most. */
const BATCH = 2_000;

/** Stores a log's rows as battles, votes and answers, some thousand a statement. */
export class ImportedRows {
  /** The board's own prompts by text. */
  private own = new Map<string, { id: string; category: string }>();
  private promptSetId = "";
  private nextIndex = 0;

  constructor(
    private readonly board: { id: string; slug: string; name: string; promptSetId: string },
    private readonly importId: string,
    private readonly models: ReadonlyMap<string, string>,
    private readonly tx: Tx,
  ) {}

  /** Before the first row: where its prompts go. */
  async open(): Promise<void> {
    const { board, tx } = this;
    const slug = importedPromptSet(board.slug);
    await tx.$executeRaw`
      insert into prompt_sets (id, slug, name) values (${newId("promptSet")}, ${slug}, ${`Imported into ${board.name}`})
      on conflict (slug) do nothing`;
    // The set's row lock makes indices unique.
    const [set] = await tx.$queryRaw<{ id: string }[]>`
      select id from prompt_sets where slug = ${slug} for update`;
    const last = await tx.prompt.aggregate({ where: { promptSetId: set.id }, _max: { index: true } });
    const prompts = await tx.prompt.findMany({
      where: { promptSetId: { in: await promptSetsOf(board, tx) } },
      select: { id: true, text: true, category: true },
      orderBy: { index: "desc" },
    });
    this.own = new Map(prompts.map(({ text, ...prompt }) => [text, prompt]));
    this.promptSetId = set.id;
    this.nextIndex = (last._max.index ?? -1) + 1;
  }

  /** The category a row's vote is counted under. */
  categoryOf(row: LogRow): string {
    return (
      row.category?.trim() ||
      (row.prompt === undefined ? undefined : this.own.get(row.prompt)?.category) ||
      UNCATEGORISED
    );
  }

  async store(rows: readonly LogRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += BATCH)
      await this.storeBatch(rows.slice(from, from + BATCH));
  }

  private async storeBatch(rows: readonly LogRow[]): Promise<void> {
    const now = new Date();
    const prompts = new Map<string, { id: string; index: number; text: string; category: string }>();
    const votes = rows.map((row) => ({
      voteId: newId("vote"),
      battleId: newId("battle"),
      promptId: this.promptOf(row, prompts),
      // A row that does not say who voted is nobody else's.
      voterId: idOf(
        "vtr",
        row.voter === undefined ? ["row", this.importId, String(row.line)] : ["judge", row.voter],
      ),
      left: this.models.get(row.a)!,
      right: this.models.get(row.b)!,
      outcome: STORED[row.outcome],
      reason: row.excluded ?? null,
      line: row.line,
      createdAt: (row.createdAt ?? now).toISOString(),
    }));
    const answers = rows.flatMap((row, k) =>
      Object.entries(row.criteria ?? {}).map(([criterion, outcome]) => ({
        voteId: votes[k].voteId,
        criterion,
        outcome: STORED[outcome],
      })),
    );
    const { tx, board, importId } = this;
    const [log, texts] = [JSON.stringify(votes), JSON.stringify([...prompts.values()])];
    await tx.$executeRaw`
      insert into prompts (id, prompt_set_id, index, text, category, arena)
      select id, ${this.promptSetId}, index, text, category, false
      from jsonb_to_recordset(${texts}::jsonb) as p (id text, index int, text text, category text)
      on conflict (id) do nothing`;
    await tx.$executeRaw`
      insert into voters (id)
      select distinct "voterId" from jsonb_to_recordset(${log}::jsonb) as v ("voterId" text) order by 1
      on conflict (id) do nothing`;
    await tx.$executeRaw`
      insert into battles (id, board_id, voter_id, prompt_id, kind, left_model_id, right_model_id, pair_policy,
        import_id, import_line, created_at)
      select "battleId", ${board.id}, "voterId", "promptId", 'IMPORTED', "left", "right", 'imported',
        ${importId}, line, "createdAt"
      from jsonb_to_recordset(${log}::jsonb) as v ("battleId" text, "voterId" text, "promptId" text, "left" text,
        "right" text, line int, "createdAt" timestamptz)`;
    await tx.$executeRaw`
      insert into votes (id, battle_id, board_id, voter_id, left_model_id, right_model_id, outcome, status,
        status_reason, created_at)
      select "voteId", "battleId", ${board.id}, "voterId", "left", "right", outcome::vote_outcome,
        (case when reason is null then 'COUNTED' else 'EXCLUDED' end)::vote_status, reason,
        "createdAt"
      from jsonb_to_recordset(${log}::jsonb) as v ("voteId" text, "battleId" text, "voterId" text, "left" text,
        "right" text, outcome text, reason text, "createdAt" timestamptz)`;
    if (answers.length === 0) return;
    await tx.$executeRaw`
      insert into vote_answers (vote_id, criterion, outcome)
      select "voteId", criterion, outcome::vote_outcome
      from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as a ("voteId" text, criterion text, outcome text)`;
  }

  /** The board's own prompt where the row has it, otherwise one of the imported set, the same for the same words. */
  private promptOf(
    row: LogRow,
    added: Map<string, { id: string; index: number; text: string; category: string }>,
  ): string {
    const [text, category] = [row.prompt ?? "", this.categoryOf(row)];
    const own = this.own.get(text);
    if (own?.category === category) return own.id;
    const id = idOf("prm", [this.promptSetId, category, text]);
    if (!added.has(id)) added.set(id, { id, index: this.nextIndex++, text, category });
    return id;
  }
}

/** An id that is the same whenever its parts are; 130 bits of their hash. */
function idOf(prefix: "vtr" | "prm", parts: readonly string[]): string {
  const hash = createHash("sha256")
    .update(JSON.stringify(["salon/imported", ...parts]))
    .digest("hex");
  return `${prefix}_${BigInt(`0x${hash}`).toString(32).slice(0, 26)}`;
}
