import { recordChange } from "@/lib/audit/record-change";
import { readLiveVotes } from "@/lib/votes/count-live-votes";
import { CountChanges } from "@/lib/votes/count-changes";
import { moveRatings, type Elo } from "@/lib/votes/elo-replay";
import { BULK_TIMEOUT_MS } from "@/lib/votes/exclude-votes";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { storeElo } from "@/lib/votes/store-elo";
import { holdVotes } from "@/lib/boards/vote-lock";
import { joinBoard } from "@/lib/boards/join-board";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { findBoard } from "@/lib/boards/find-board";
import { addImportedModels, findImportedModels } from "@/lib/models/imported-models";
import { ImportedRows } from "@/lib/votes/store-imported-rows";
import { readLog, surveyLog, type LogSource, type LogSurvey } from "@/lib/votes/survey-log";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { OUTCOMES } from "@/lib/ratings/outcome";

export type ImportSummary = {
  board: string;
  sha256: string;
  /** Rows of the log. */
  votes: number;
  /** Of those, marked as left out; stored, not counted. */
  excluded: { reason: string; votes: number }[];
  criteria: { criterion: string; votes: number }[];
  models: number;
  /** Names for which imported models were made, or would be. */
  newModels: string[];
  /** These very bytes were imported into this board before: nothing was added. */
  already: boolean;
};

type ImportInput = {
  /** Slug. */
  board: string;
  source: LogSource;
  dryRun?: boolean;
  /** Told the bytes read so far, of two readings. */
  onBytes?: (read: number) => void;
};

/**
 * Import a vote log into a board: every row or none. A first reading finds what cannot be imported before anything is
 * stored; the second stores battles, votes and answers, and then, while new votes wait, gives them their turns in the log
 * after all earlier votes, moves Elo and counts and requests a refit. The same bytes again add nothing.
 * @throws LineError with the line of a malformed row, SalonError "not_found" for an unknown board
 */
export async function importVotes(input: ImportInput, tx?: Tx): Promise<ImportSummary> {
  const { source, onBytes = () => {} } = input;
  const board = await findBoard(input.board, tx ?? db());
  let bytes = 0;
  const survey = await surveyLog(source, (read) => onBytes((bytes = read)));
  const known = await findImportedModels(survey.models, board.modality, tx ?? db());
  const summary = (already: boolean, newModels: string[]): ImportSummary => ({
    board: board.slug,
    sha256: survey.sha256,
    votes: survey.votes,
    excluded: [...survey.excluded].map(([reason, votes]) => ({ reason, votes })),
    criteria: [...survey.answered].map(([criterion, votes]) => ({ criterion, votes })),
    models: survey.models.size,
    newModels,
    already,
  });
  const where = { boardId_sha256: { boardId: board.id, sha256: survey.sha256 } };
  const earlier = await (tx ?? db()).voteImport.findUnique({ where });
  if (earlier !== null) return summary(true, []);
  if (input.dryRun) return summary(false, known.unknown);
  return atomically(
    tx,
    async (tx) => {
      const importId = newId("voteImport");
      const added = await tx.$executeRaw`
        insert into vote_imports (id, board_id, sha256, name, votes)
        values (${importId}, ${board.id}, ${survey.sha256}, ${source.name}, ${survey.votes})
        on conflict (board_id, sha256) do nothing`;
      if (added === 0) return summary(true, []);
      const imported = await findImportedModels(survey.models, board.modality, tx);
      const models = await addImportedModels(imported, { name: source.name, modality: board.modality }, tx);
      await joinBoard({ id: board.id, listing: "AUTOMATIC" }, [...models.values()], tx);
      await storeLog({ board, importId, models, survey, source }, (read) => onBytes(bytes + read), tx);
      await recordChange(tx, {
        by: "operator",
        action: "votes.import",
        subject: { kind: "board", id: board.id, label: board.name },
        before: null,
        after: { importId, sha256: survey.sha256, votes: survey.votes, models: survey.models.size },
      });
      return summary(false, imported.unknown);
    },
    BULK_TIMEOUT_MS,
  );
}

async function storeLog(
  log: {
    board: { id: string; slug: string; name: string; promptSetId: string };
    importId: string;
    models: ReadonlyMap<string, string>;
    survey: LogSurvey;
    source: LogSource;
  },
  onBytes: (read: number) => void,
  tx: Tx,
): Promise<void> {
  const { board, importId, models, survey, source } = log;
  const rows = new ImportedRows(board, importId, models, tx);
  await rows.open();
  const counts = new CountChanges();
  const names = [...models.keys()];
  const index = new Map(names.map((name, i) => [name, i]));
  // Counted votes in order, four bytes each: left, right and outcome in one number, turned negative for a visitor's own prompt.
  const turns = new Int32Array(survey.votes);
  let counted = 0;
  const sha256 = await readLog(
    source,
    async (read) => {
      for (const row of read) {
        if (row.excluded !== undefined) continue;
        const category = rows.categoryOf(row);
        const [left, right] = [index.get(row.a)!, index.get(row.b)!];
        const turn = (left * names.length + right) * 4 + OUTCOMES.indexOf(row.outcome);
        turns[counted++] = category === LIVE_CATEGORY ? ~turn : turn;
        const [leftModelId, rightModelId] = [models.get(row.a)!, models.get(row.b)!];
        counts.add(
          { category, leftModelId, rightModelId, outcome: row.outcome, answers: row.criteria ?? {} },
          1,
        );
      }
      await rows.store(read);
    },
    onBytes,
  );
  if (sha256 !== survey.sha256) {
    throw new SalonError("conflict", "The log changed while it was read. Nothing was imported; try again.");
  }

  await holdVotes(board.id, tx);
  await tx.$executeRaw`
    insert into rating_events (vote_id, board_id, left_model_id, right_model_id)
    select v.id, v.board_id, v.left_model_id, v.right_model_id
    from battles b join votes v on v.battle_id = b.id
    where b.import_id = ${importId} order by b.import_line`;
  const stored = await tx.eloRating.findMany({ where: { boardId: board.id } });
  const ratings = new Map<string, Elo>(
    stored.map(({ modelId, rating, games }) => [modelId, { rating, games }]),
  );
  const ids = names.map((name) => models.get(name)!);
  // Under the vote lock nobody changes it.
  const { countsLiveVotes } = await readLiveVotes(board.id, tx);
  for (const signed of turns.subarray(0, counted)) {
    if (signed < 0 && !countsLiveVotes) continue;
    const turn = signed < 0 ? ~signed : signed;
    const pair = Math.floor(turn / 4);
    moveRatings(ratings, ids[Math.floor(pair / ids.length)], ids[pair % ids.length], OUTCOMES[turn % 4]);
  }
  await storeElo(board.id, ratings, tx);
  await counts.store(board.id, tx);
  await requestRefit(board.id, tx);
}
