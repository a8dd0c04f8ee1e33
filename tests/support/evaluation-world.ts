import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterAll, beforeAll } from "vitest";
import type { Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { submission, type Submission, type SubmissionInput } from "@/lib/schemas/submissions";
import { holdLiveness } from "@/workers/liveness";
import { laneSizes } from "@/workers/lanes";
import { runLanes } from "@/workers/run-jobs";
import type { TestServer } from "./http-server";
import { testClient } from "./test-client";

/** A data folder of this test file's own, loopback endpoints allowed, and one visitor may submit as often as a file of tests does. */
export function useDataFolder(): { readonly path: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "salon-data-"));
  beforeAll(() => {
    process.env.SALON_DATA_DIR = folder;
    process.env.OUTBOUND_ALLOW = "127.0.0.1";
    process.env.SUBMISSIONS = "open";
    process.env.HOST = "127.0.0.1";
    process.env.MODELS_PER_OWNER = "1000";
    process.env.RUNNING_RUNS_PER_OWNER = "1000";
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return { path: folder };
}

export type TestBoard = { slug: string; id: string; promptSetId: string };

/** A board of its own with so many prompts that have no ground truth, none in the arena unless told. */
export async function addBoard(
  db: Db,
  prompts: number,
  slug = "text-to-image",
  inArena: (index: number) => boolean = () => false,
): Promise<TestBoard> {
  const promptSetId = newId("promptSet");
  await db.promptSet.create({ data: { id: promptSetId, slug: `${slug}-prompts`, name: "Test prompts" } });
  await db.prompt.createMany({
    data: Array.from({ length: prompts }, (_, index) => ({
      id: newId("prompt"),
      promptSetId,
      index,
      text: `prompt ${index}`,
      category: index % 2 === 0 ? "even" : "odd",
      arena: inArena(index),
    })),
  });
  const id = newId("board");
  await db.board.create({
    data: { id, slug, name: slug, description: "", modality: "TEXT_TO_IMAGE", promptSetId },
  });
  return { slug, id, promptSetId };
}

/** A whole submission of a test endpoint. */
export function submissionOf(
  endpoint: Pick<TestServer, "origin">,
  more: Partial<SubmissionInput> = {},
): Submission {
  return submission.parse({
    name: "Test model",
    creator: "Tests",
    endpointUrl: endpoint.origin,
    providerModel: "test",
    ...more,
  });
}

export interface TestWorker {
  stop(): Promise<void>;
}

/** A worker as workers/main.ts builds it, in this process. */
export async function startWorker(
  db: Db,
  databaseUrl: string,
  log = pino({ level: "silent" }),
): Promise<TestWorker> {
  const client = testClient("127.0.0.1");
  const liveness = holdLiveness(databaseUrl, log);
  const stopping = new AbortController();
  const shared = { db, client, log, signal: stopping.signal };
  const lanes = await runLanes(laneSizes({ computing: 2, share: 4 }), { databaseUrl, liveness }, shared);
  return {
    async stop() {
      stopping.abort(new Error("The worker stops."));
      await lanes.stop();
      await client.close();
      await liveness.close();
    },
  };
}
