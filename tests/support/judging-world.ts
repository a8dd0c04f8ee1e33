import { putArtifact } from "@/lib/artifacts/store";
import { joinBoards } from "./join-boards";
import type { Db } from "@/lib/db/client";
import type { ModelReview } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import {
  judgeSubmission,
  type JudgeSubmission,
  type JudgeSubmissionInput,
} from "@/lib/schemas/judges/judging";
import type { TestBoard } from "./evaluation-world";
import type { TestServer } from "./http-server";
import { noisePng } from "./images";

/** A listed model with a published run: one sample of each of the board's prompts, an image of its own. */
export async function addPublishedRun(
  db: Db,
  board: TestBoard,
  name: string,
  options: { listed?: boolean; submitterId?: string; addressHash?: string; review?: ModelReview } = {},
): Promise<{ modelId: string; runId: string }> {
  const modelId = newId("model");
  const { listed = true, ...submitted } = options;
  await db.model.create({
    data: {
      id: modelId,
      slug: name,
      name,
      creator: "Tests",
      modality: "TEXT_TO_IMAGE",
      listed,
      ...submitted,
    },
  });
  await joinBoards(db);
  const runId = await addRunOver(db, { modelId, name }, board.promptSetId);
  return { modelId, runId };
}

/** A published run of a model over a prompt set, with a sample of each prompt. @returns its id */
export async function addRunOver(
  db: Db,
  { modelId, name }: { modelId: string; name: string },
  promptSetId: string,
): Promise<string> {
  const runId = newId("run");
  const prompts = await db.prompt.findMany({ where: { promptSetId } });
  await db.run.create({
    data: {
      id: runId,
      modelId,
      promptSetId,
      promptCount: prompts.length,
      state: "PUBLISHED",
    },
  });
  for (const prompt of prompts) {
    const bytes = await noisePng(16, 16, `${name} ${prompt.index}`);
    const sha256 = await putArtifact(bytes);
    await db.artifact.create({
      data: { sha256, bytes: bytes.length, mediaType: "image/png", width: 16, height: 16 },
    });
    await db.sample.create({
      data: { id: newId("sample"), runId, modelId, promptId: prompt.id, artifactHash: sha256, latencyMs: 1 },
    });
  }
  return runId;
}

/** A listed model of videos with a published run: a clip of 17 frames at 8 a second of each of the board's prompts. @returns the run's id */
export async function addVideoRun(
  db: Db,
  { promptSetId }: TestBoard,
  name: string,
  files: readonly Buffer[],
): Promise<string> {
  const facts = { slug: name, name, creator: "Tests", modality: "TEXT_TO_VIDEO", listed: true } as const;
  const [modelId, runId] = [newId("model"), newId("run")];
  await db.model.create({ data: { id: modelId, ...facts } });
  await joinBoards(db);
  const promptCount = files.length;
  await db.run.create({ data: { id: runId, modelId, promptSetId, promptCount, state: "PUBLISHED" } });
  for (const { id: promptId, index } of await db.prompt.findMany({ where: { promptSetId } })) {
    const sha256 = await putArtifact(files[index]);
    const about = { mediaType: "image/webp", width: 64, height: 64, bytes: files[index].length };
    const video = { codec: "webp", frames: 17, rate: 8, seconds: 2.125 };
    await db.artifact.upsert({ where: { sha256 }, create: { sha256, ...about, video }, update: {} });
    const sample = { id: newId("sample"), runId, modelId, promptId, artifactHash: sha256, latencyMs: 1 };
    await db.sample.create({ data: sample });
  }
  return runId;
}

/** A whole submission of a test judge: $2 and $10 a million tokens, so $0.003 a verdict of the test endpoint. */
export function judgeSubmissionOf(
  endpoint: TestServer,
  more: Partial<JudgeSubmissionInput> = {},
): JudgeSubmission {
  return judgeSubmission.parse({
    name: "Test judge",
    creator: "Tests",
    endpointUrl: endpoint.origin,
    apiKey: "sk-secret-123456",
    providerModel: "test",
    rubrics: ["viescore@1"],
    usdPerMillionInputTokens: 2,
    usdPerMillionOutputTokens: 10,
    ...more,
  });
}
