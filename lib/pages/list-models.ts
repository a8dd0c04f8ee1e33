import { db, type Tx } from "@/lib/db/client";
import { submittedBy } from "@/lib/models/visibility";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import type { ModelListItem } from "@/lib/schemas/views";
import { lookedAtSamples } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

/** Images shown of each model. */
const IMAGES = 4;

/** All listed models: ranked ones first, board by board, then the others by name. */
export async function listModels(tx: Tx = db()): Promise<ModelListItem[]> {
  const models = await tx.model.findMany({
    where: { listed: true },
    select: {
      id: true,
      slug: true,
      name: true,
      creator: true,
      paradigm: true,
      architecture: true,
      representation: true,
      textConditioning: true,
      openWeights: true,
      bundled: true,
      submitterId: true,
      boards: { where: { state: "MEMBER" }, select: { boardId: true } },
    },
    orderBy: { name: "asc" },
  });
  const boards = await tx.board.findMany({
    where: { seenBy: "EVERYONE", archivedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const images = await firstImages(
    boards.map(({ promptSetId }) => promptSetId),
    tx,
  );
  const places = new Map<string, Standing & { order: number }>();
  for (const [index, board] of boards.entries()) {
    const snapshot = await findNewestSnapshot(board.id, "", tx);
    for (const { modelId, rank, rankLow, rankHigh, rating, games } of snapshot?.rows ?? []) {
      // A model on several boards is shown by the oldest.
      if (rank === null || places.has(modelId)) continue;
      const provisional = games < board.provisionalVotes;
      places.set(modelId, { rank, rankLow, rankHigh, rating, provisional, order: index * 1e6 + rank });
    }
  }
  return models
    .map(({ boards: standing, submitterId, ...model }) => ({
      ...model,
      submittedBy: submittedBy({ submitterId, bundled: model.bundled }),
      images: images.get(model.id) ?? [],
      board: boards.find(({ id }) => standing.some(({ boardId }) => boardId === id))?.slug ?? null,
      ...standingOf(places.get(model.id)),
    }))
    .sort((x, y) => (places.get(x.id)?.order ?? Infinity) - (places.get(y.id)?.order ?? Infinity) || 0);
}

type Standing = Pick<ModelListItem, "rank" | "rankLow" | "rankHigh" | "rating" | "provisional">;

const standingOf = (place: Standing | undefined): Standing => ({
  rank: place?.rank ?? null,
  rankLow: place?.rankLow ?? null,
  rankHigh: place?.rankHigh ?? null,
  rating: place?.rating ?? null,
  provisional: place?.provisional ?? false,
});

/** Each listed model's images of a prompt set's first prompts outside the arena: the same prompts for every model. */
async function firstImages(promptSetIds: string[], tx: Tx): Promise<Map<string, ModelListItem["images"]>> {
  const prompts = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      select id, row_number() over (partition by prompt_set_id order by index) as place
      from prompts where prompt_set_id = any (${promptSetIds}) and not arena
    ) numbered where place <= ${IMAGES}`;
  const samples = await tx.sample.findMany({
    where: {
      runId: { not: null },
      ...lookedAtSamples,
      model: { listed: true },
      promptId: { in: prompts.map(({ id }) => id) },
    },
    select: { id: true, state: true, modelId: true, prompt: { select: { text: true, index: true } } },
    orderBy: { id: "asc" },
  });
  const images = new Map<string, ModelListItem["images"]>();
  for (const { id, state, modelId, prompt } of samples.sort((x, y) => x.prompt.index - y.prompt.index)) {
    const own = images.get(modelId) ?? [];
    if (own.some((image) => image.prompt === prompt.text)) continue;
    images.set(modelId, [...own, { url: sampleAddress({ id, state }), prompt: prompt.text }]);
  }
  return images;
}
