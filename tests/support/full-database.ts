import { excludeVotes } from "@/lib/votes/exclude-votes";
import { putArtifact } from "@/lib/artifacts/store";
import { castVote } from "@/lib/battles/cast-vote";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { importVotes } from "@/lib/votes/import-votes";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { refitJudged } from "@/lib/rankings/refit-judged";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { refitStyle } from "@/lib/rankings/refit-style";
import { seededRandom } from "@/lib/numerics/random";
import { enqueue } from "@/lib/queue/enqueue";
import { sealKey } from "@/lib/secrets/seal-key";
import { keyOfSecret } from "@/lib/secrets/sealing-keys";
import { outcome } from "@/lib/schemas/battles";
import { battleFor, makeArena, type Arena } from "./arena-fixture";
import { noisePng } from "./images";
import { addCalls } from "./judge-calls";

const VOTES = 130;
const IMAGE = { mediaType: "image/png", width: 16, height: 16 };

/** A database with a bit of everything: artifacts, votes with criteria, exclusions, imports, a judge, and fits of all kinds. */
export async function fillDatabase(db: Db): Promise<Arena> {
  const arena = await makeArena(db, { models: 3, prompts: 120 });
  await db.board.update({ where: { id: arena.boardId }, data: { criteria: ["aesthetics"] } });
  await giveImages(db);
  const judgeId = await addJudge(db, arena);
  const log = "model_a,model_b,winner\nelsewhere-1,elsewhere-2,model_a\nelsewhere-2,elsewhere-1,tie\n";
  await db.$transaction(
    (tx) =>
      importVotes(
        {
          board: arena.board,
          source: { name: "log.csv", open: async function* () { yield Buffer.from(log); } }, // prettier-ignore
        },
        tx,
      ),
    // A machine that does other things besides needs more than the five seconds of a transaction.
    { timeout: 60_000 },
  );
  const voteIds = await castVotes(db, arena, judgeId);
  await db.$transaction((tx) =>
    excludeVotes({ voteIds: voteIds.slice(0, 3), voters: [], reason: "a \\ bot\twith a tab\nand lines" }, tx),
  );
  await refitRatings(arena.boardId, db);
  await analyseBoard(arena.boardId, db);
  await refitStyle(arena.boardId, db, new AbortController().signal);
  // Verdicts have settled by then.
  await refitJudged(arena.boardId, db, undefined, new Date(Date.now() + 120_000));
  await addUnfinishedRun(db, arena);
  return arena;
}

/** Every sample gets an image of its own. */
async function giveImages(db: Db): Promise<void> {
  for (const { id } of await db.sample.findMany({ select: { id: true } })) {
    const bytes = await noisePng(16, 16, id);
    const sha256 = await putArtifact(bytes);
    await db.artifact.create({ data: { sha256, bytes: bytes.length, ...IMAGE } });
    await db.sample.update({ where: { id }, data: { artifactHash: sha256 } });
  }
  await db.artifact.deleteMany({ where: { samples: { none: {} } } });
}

async function addJudge(db: Db, arena: Arena): Promise<string> {
  const id = newId("judge");
  await db.judge.create({
    data: {
      id,
      slug: "a-judge",
      name: "A judge",
      creator: "x",
      baseUrl: "http://x",
      providerModel: "x",
      apiKeySealed: sealKey("a key", id, keyOfSecret(Buffer.from(process.env.SALON_SECRET!))),
      rubrics: [],
    },
  });
  await db.judgeTask.create({
    data: {
      id: newId("judgeTask"),
      judgeId: id,
      rubric: "pairwise@1",
      boardId: arena.boardId,
      finishedAt: new Date(),
    },
  });
  return id;
}

/** Votes for the model of the lesser id seven times in ten; the judge says the same nine times in ten. */
async function castVotes(db: Db, arena: Arena, judgeId: string): Promise<string[]> {
  const random = seededRandom(5);
  const judged = new Set<string>();
  const voteIds: string[] = [];
  for (let i = 0; i < VOTES; i++) {
    const { battleId, token } = await battleFor(db, arena);
    const battle = await db.battle.findUniqueOrThrow({ where: { id: battleId } });
    const leftWon = battle.leftModelId < battle.rightModelId === random.uniform() < 0.7;
    const criteria = i % 2 === 0 ? { aesthetics: outcome.options[i % 4] } : undefined;
    const ballot = {
      battleId,
      token,
      voterId: battle.voterId,
      outcome: leftWon ? "left" : "right",
      criteria,
    } as const;
    voteIds.push((await db.$transaction((tx) => castVote(ballot, tx))).voteId);
    const [x, y] = [battle.leftSampleId!, battle.rightSampleId!].sort();
    if (judged.has(`${x} ${y}`)) continue;
    judged.add(`${x} ${y}`);
    const preference = Number((leftWon === (x === battle.leftSampleId)) === random.uniform() < 0.9);
    const said = { judgeId, rubric: "pairwise@1" };
    const [first, second] = await addCalls(judgeId, 2, db);
    await db.judgePairVerdict.createMany({
      data: [
        { ...said, id: newId("pairVerdict"), callId: first, aSampleId: x, bSampleId: y, preference },
        {
          ...said,
          id: newId("pairVerdict"),
          callId: second,
          aSampleId: y,
          bSampleId: x,
          preference: 1 - preference,
        },
      ],
    });
  }
  return voteIds;
}

async function addUnfinishedRun(db: Db, arena: Arena): Promise<void> {
  const { promptSetId } = await db.board.findUniqueOrThrow({ where: { id: arena.boardId } });
  const runId = newId("run");
  await db.run.create({
    data: { id: runId, modelId: arena.models[0].id, promptSetId, promptCount: 8, state: "GENERATING" },
  });
  await enqueue(
    "generate-samples",
    { runId, from: 0, to: 8 },
    { key: `${runId}:generate:0`, queue: "an-endpoint:0", priority: -3, delayMs: 3600_000 },
    db,
  );
}
