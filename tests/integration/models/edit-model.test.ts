import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { editModel } from "@/lib/runs/edit-model";
import { readModel } from "@/lib/pages/read-model";
import { cancelRun } from "@/lib/runs/cancel-run";
import { resumeRun } from "@/lib/runs/resume-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { modelChanges, type ModelChanges } from "@/lib/schemas/submissions";
import { openFromRow } from "@/lib/secrets/open-key";
import { addBoard, submissionOf, useDataFolder } from "../../support/evaluation-world";
import { KEY } from "../../support/format-mocks/vendor";
import { startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
let endpoint: ImageEndpoint;
let other: ImageEndpoint;
let submitted: { model: string; modelId: string; runId: string };
beforeAll(async () => {
  endpoint = await startImageEndpoint();
  other = await startImageEndpoint();
  await addBoard(database.db, 2);
  const submission = submissionOf(endpoint, {
    apiKey: KEY,
    pricePerImageUsd: 0.04,
    licence: "MIT",
    parameters: 9e8,
    listed: false,
  });
  submitted = await database.db.$transaction((tx) => submitEndpoint({ submission, voterId: SUBMITTER }, tx));
});
afterAll(async () => {
  await endpoint.close();
  await other.close();
});

const edit = (changes: Partial<ModelChanges>, voterId = SUBMITTER) =>
  database.db.$transaction((tx) =>
    editModel({ slug: submitted.model, changes: modelChanges.parse(changes), by: { voterId } }, tx),
  );
const stored = () => database.db.endpoint.findUniqueOrThrow({ where: { modelId: submitted.modelId } });
const read = (voterId = SUBMITTER) => readModel({ slug: submitted.model, voterId }, database.db);

it("a changed price adds to the price's history, with its date and where it is written down; the same price does not", async () => {
  await edit({ pricePerImageUsd: 0.03, priceSource: "https://vendor.example/pricing" });
  await edit({ pricePerImageUsd: 0.03, paradigm: "flow matching" });
  expect(await read()).toMatchObject({
    pricePerImageUsd: 0.03,
    paradigm: "flow matching",
    prices: [
      { pricePerImageUsd: 0.03, source: "https://vendor.example/pricing", by: "submitter" },
      { pricePerImageUsd: 0.04, source: null, by: "submitter" },
    ],
  });
});

it("its submitter's word of licence and size goes before the catalogue's, and can be taken back", async () => {
  const { modelId } = submitted;
  expect(await read()).toMatchObject({ licence: "MIT", parameters: 9e8 });
  await edit({ licence: "Apache-2.0", parameters: 12e9 });
  expect(await read()).toMatchObject({ licence: "Apache-2.0", parameters: 12e9 });
  await edit({ licence: null, parameters: null });
  expect(await read()).toMatchObject({ licence: null, parameters: null });
  await database.db.model.update({ where: { id: modelId }, data: { preset: "flux-2-klein-9b" } });
  const { licence, parameters } = findPreset("flux-2-klein-9b")!;
  expect(await read()).toMatchObject({ licence: licence ?? null, parameters });
  await database.db.model.update({ where: { id: modelId }, data: { preset: null } });
});

it("a new key takes the place of the old one, which is nowhere any more", async () => {
  const before = await stored();
  await edit({ apiKey: "another-key-7890abcd" });
  const now = await stored();
  expect(await openFromRow(now.apiKeySealed!, now.id)).toBe("another-key-7890abcd");
  expect(Buffer.from(now.apiKeySealed!).equals(Buffer.from(before.apiKeySealed!))).toBe(false);
  expect([now.apiKeyLast4, now.version]).toEqual(["abcd", 1]);
});

it("how long an image may take is changed at any time, and makes no new version", async () => {
  await edit({ timeoutSeconds: 900 });
  expect(await stored()).toMatchObject({ timeoutMs: 900_000, version: 1 });
  expect((await read()).endpoint).toMatchObject({ timeoutSeconds: 900 });
  expect(modelChanges.safeParse({ timeoutSeconds: 901 }).success).toBe(false);
  expect(modelChanges.safeParse({ timeoutSeconds: 9 }).success).toBe(false);
  await edit({ timeoutSeconds: 180 });
});

it("how a model is called stays while a run goes on", async () => {
  await expect(edit({ providerModel: "test-2" })).rejects.toMatchObject({ code: "conflict" });
  expect(await stored()).toMatchObject({ providerModel: "test", version: 1 });
});

it("a stored key goes to no other address than the one that it was given for", async () => {
  const moved = edit({ endpointUrl: other.origin });
  await expect(moved).rejects.toThrow("give the key that goes to the new place, or none");
  expect(await stored()).toMatchObject({ baseUrl: endpoint.origin });
});

it("another address is another version: earlier runs keep theirs, and are not gone on with", async () => {
  const { runId, modelId } = submitted;
  await database.db.$transaction((tx) => cancelRun({ runId, voterId: SUBMITTER }, tx));
  await database.db.endpoint.update({ where: { modelId }, data: { leftOut: ["seed"] } });
  await edit({ endpointUrl: other.origin, apiKey: KEY, imageSize: "32x32" });
  expect(await stored()).toMatchObject({ baseUrl: other.origin, version: 2, leftOut: [] });
  expect(await database.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    endpointVersion: 1,
    imageSize: "64x64",
  });
  const resumed = database.db.$transaction((tx) => resumeRun({ runId, voterId: SUBMITTER }, tx));
  await expect(resumed).rejects.toThrow("start another run");
});

it("another format brings its own usual time, unless another was chosen", async () => {
  const { modelId } = submitted;
  await edit({ format: "a1111", apiKey: KEY });
  expect(await stored()).toMatchObject({ format: "a1111", timeoutMs: 600_000 });
  await edit({ timeoutSeconds: 60 });
  await edit({ format: "openai-images", apiKey: KEY });
  expect(await stored()).toMatchObject({ format: "openai-images", timeoutMs: 60_000 });
  await database.db.endpoint.update({ where: { modelId }, data: { timeoutMs: 180_000 } });
});

it("only who submitted a model changes it, and sees how it is called", async () => {
  const stranger = newId("voter");
  await expect(edit({ pricePerImageUsd: 1 }, stranger)).rejects.toMatchObject({ code: "not_found" });
  await database.db.model.update({ where: { id: submitted.modelId }, data: { listed: true } });
  await expect(edit({ pricePerImageUsd: 1 }, stranger)).rejects.toMatchObject({ code: "forbidden" });
  expect(await read(stranger)).toMatchObject({ endpoint: null, spent: null });
  expect((await read()).endpoint).toMatchObject({ url: other.origin, hasKey: true });
});
