import { afterAll, beforeAll, expect, it } from "vitest";
import { GET } from "@/app/api/v1/catalogue/route";
import { newId } from "@/lib/db/new-id";
import { readModel } from "@/lib/pages/read-model";
import { cancelRun } from "@/lib/runs/cancel-run";
import { editModel } from "@/lib/runs/edit-model";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { catalogueResponse } from "@/lib/schemas/catalogue/preset";
import { presetSubmission } from "@/lib/schemas/catalogue/preset-submission";
import { submission, type SubmissionInput } from "@/lib/schemas/submissions";
import { addBoard, useDataFolder } from "../../support/evaluation-world";
import { startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
let endpoint: ImageEndpoint;
beforeAll(async () => {
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 2);
});
afterAll(() => endpoint.close());

const submit = (more: Partial<SubmissionInput> = {}) => {
  const preset = presetSubmission(findPreset("gpt-image-2-high")!);
  const body = submission.parse({ ...preset, endpointUrl: endpoint.origin, listed: false, ...more });
  return database.db.$transaction((tx) => submitEndpoint({ submission: body, voterId: SUBMITTER }, tx));
};
const read = (slug: string) => readModel({ slug, voterId: SUBMITTER }, database.db);

it("the catalogue is the same for everybody, and tells what others published apart", async () => {
  const body: unknown = await GET().json();
  const { presets, published } = catalogueResponse.parse(body);
  expect(presets.find(({ id }) => id === "flux-2-pro")).toMatchObject({
    price: { perImageUsd: 0.03, perMegapixelUsd: { first: 0.03, further: 0.015 } },
  });
  expect(published.find(({ preset }) => preset === "nano-banana-pro")).toMatchObject({ value: 1220 });
  expect(JSON.stringify(presets)).not.toContain("1220");
});

it("a model from the catalogue keeps where its price stands, and shows beside its own what others published of it", async () => {
  const { model, modelId, runId } = await submit();
  expect(await read(model)).toMatchObject({
    prices: [{ pricePerImageUsd: 0.211, source: "list price, OpenAI, image generation guide, 2026-10-08" }],
    elsewhere: {
      name: "GPT Image 2 (High)",
      published: [{ by: "Artificial Analysis", what: "Elo", value: 1339, seen: "2026-05-24" }],
    },
    row: null,
  });
  expect(await database.db.ratingEvent.count()).toBe(0);
  expect(await database.db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    extraFields: { quality: "high", background: "opaque" },
  });

  // Of another model at the endpoint nothing was published.
  await database.db.$transaction((tx) => cancelRun({ runId, voterId: SUBMITTER }, tx));
  const changes = { providerModel: "gpt-image-1-mini" };
  await database.db.$transaction((tx) => editModel({ slug: model, changes, by: { voterId: SUBMITTER } }, tx));
  expect((await read(model)).elsewhere).toBeNull();
  expect((await database.db.model.findUniqueOrThrow({ where: { id: modelId } })).preset).toBeNull();
});

it("what is called otherwise than the preset is none of it, and a preset that does not exist is refused", async () => {
  const { model } = await submit({ name: "Another", providerModel: "my-own" });
  expect((await read(model)).elsewhere).toBeNull();
  await expect((async () => submit({ name: "Third", preset: "nothing" }))()).rejects.toMatchObject({
    code: "invalid_request",
    details: { field: "preset" },
  });
});
