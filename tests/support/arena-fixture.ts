import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { putArtifact } from "@/lib/artifacts/store";
import { castVote } from "@/lib/battles/cast-vote";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import type { Db, Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import type { BattleView, Outcome, VoteResponse } from "@/lib/schemas/battles";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
process.env.SALON_DATA_DIR = mkdtempSync(path.join(tmpdir(), "salon-arena-"));

export type Arena = {
  boardId: string;
  board: string;
  models: { id: string; slug: string }[];
  promptIds: string[];
  /** Prompts outside the arena. */
  galleryIds: string[];
};

let boards = 0;

/**
 * A board with listed models (named "Codename 0", ...), each with one sample of each arena prompt; categories alternate
 * between counting and colour. With `gallery`, so many prompts after them that are not in the arena, with samples too. With `images`, the samples' bytes are stored: PNGs that carry their model's name in EXIF.
 */
export async function makeArena(
  db: Db,
  size: { models: number; prompts: number; gallery?: number; endpoints?: boolean; images?: boolean },
): Promise<Arena> {
  const name = `board-${(boards += 1)}`;
  // The arenas of one file do not share models.
  await db.model.updateMany({ data: { listed: false } });
  const set = await db.promptSet.create({ data: { id: newId("promptSet"), slug: name, name } });
  const board = await db.board.create({
    data: {
      id: newId("board"),
      slug: name,
      name,
      description: "",
      modality: "TEXT_TO_IMAGE",
      promptSetId: set.id,
    },
  });
  const promptIds = Array.from({ length: size.prompts }, () => newId("prompt"));
  const galleryIds = Array.from({ length: size.gallery ?? 0 }, () => newId("prompt"));
  const allIds = [...promptIds, ...galleryIds];
  await db.prompt.createMany({
    data: allIds.map((id, index) => ({
      id,
      promptSetId: set.id,
      index,
      text: `prompt ${index}`,
      category: index % 2 === 0 ? "counting" : "colour",
      arena: index < size.prompts,
    })),
  });
  const models: Arena["models"] = [];
  for (let i = 0; i < size.models; i++) {
    const model = { id: newId("model"), slug: `${name}-codename-${i}` };
    models.push(model);
    await db.model.create({
      data: {
        ...model,
        name: `Codename ${i}`,
        creator: `Creator ${i}`,
        modality: "TEXT_TO_IMAGE",
        listed: true,
        boards: { create: { boardId: board.id } },
        pricePerImageUsd: 0.01,
        endpoint: size.endpoints
          ? {
              create: {
                id: newId("endpoint"),
                baseUrl: "http://localhost/v1",
                providerModel: "secret-provider-name",
                ownPromptsPerDay: 100_000,
              },
            }
          : undefined,
      },
    });
    const run = await db.run.create({
      data: {
        id: newId("run"),
        modelId: model.id,
        promptSetId: set.id,
        promptCount: allIds.length,
        state: "PUBLISHED",
      },
    });
    const samples = [];
    for (const promptId of allIds) {
      const artifactHash = size.images
        ? await putArtifact(await noiseImage(i, `Codename ${i}`))
        : createHash("sha256").update(`${model.id} ${promptId}`).digest("hex");
      samples.push({
        id: newId("sample"),
        runId: run.id,
        modelId: model.id,
        promptId,
        artifactHash,
        latencyMs: 100 + i,
      });
    }
    await db.artifact.createMany({
      data: samples.map((sample) => ({
        sha256: sample.artifactHash,
        bytes: 100,
        mediaType: "image/png",
        width: size.images ? sideOf(i) : 64,
        height: size.images ? sideOf(i) : 64,
      })),
      skipDuplicates: true,
    });
    await db.sample.createMany({ data: samples });
  }
  return { boardId: board.id, board: board.slug, models, promptIds, galleryIds };
}

/** Models with stored bytes have images of different sizes. */
const sideOf = (model: number) => 64 + 16 * model;

function noiseImage(model: number, name: string): Promise<Buffer> {
  const side = sideOf(model);
  return sharp({
    create: { width: side, height: side, channels: 3, background: { r: 40 * model, g: 90, b: 9 } },
  })
    .withExif({ IFD0: { Software: name, Artist: name } })
    .png()
    .toBuffer();
}

/** A battle for a voter, or for a new one. */
export async function battleFor(db: Db, arena: Arena, voterId: string | null = null): Promise<BattleView> {
  const voter = await ensureVoter(voterId, db);
  return patiently(db, (tx) => createBattle({ board: arena.board, voterId: voter.voterId }, tx));
}

/** A vote by the voter whom the battle was handed to. */
export function vote(db: Db, battle: BattleView, outcome: Outcome): Promise<VoteResponse> {
  return patiently(db, (tx) => castVote({ ...ticketOf(battle), outcome }, tx));
}

/** What a vote on a battle is made of, besides its outcome; the token names the voter. */
export function ticketOf({ battleId, token }: Pick<BattleView, "battleId" | "token">) {
  return { battleId, token, voterId: token.split(".")[1] };
}

/** One transaction that waits for its connection for as long as a burst on a busy machine may take. */
function patiently<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(work, { maxWait: 60_000, timeout: 60_000 });
}

/** Work through items, twenty at a time: as many as there are connections, so that none queues beyond its deadline. */
export async function concurrently<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>) {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: 20 }, worker));
  return results;
}
