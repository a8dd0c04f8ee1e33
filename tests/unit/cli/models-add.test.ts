import { expect, test } from "vitest";
import { submissionTyped } from "@/cli/models-add";

test("a preset says all that is not typed, and what is typed holds", async () => {
  expect(await submissionTyped({}, { preset: "gpt-image-2-high", unlisted: true })).toMatchObject({
    preset: "gpt-image-2-high",
    name: "GPT Image 2 (High)",
    providerModel: "gpt-image-2",
    endpointUrl: "https://api.openai.com/v1",
    pricePerImageUsd: 0.211,
    priceSource: "list price, OpenAI, image generation guide, 2026-10-08",
    extraFields: { quality: "high", background: "opaque" },
    listed: false,
  });
  const own = { preset: "gpt image 2 (high)", price: "0.2", param: ["quality=medium"], size: "1536x1024" };
  expect(await submissionTyped({ name: "Ours" }, { ...own, unlisted: false })).toMatchObject({
    name: "Ours",
    format: "openai-images",
    imageSize: "1536x1024",
    pricePerImageUsd: 0.2,
    priceSource: null,
    extraFields: { quality: "medium", background: "opaque" },
  });
});

test("what is missing without a preset, and a preset that does not exist, are named", async () => {
  await expect(submissionTyped({ name: "A" }, { unlisted: false })).rejects.toThrow(
    "Give <url>, or a --preset.",
  );
  const given = { name: "A", endpointUrl: "https://host/v1", providerModel: "a" };
  await expect(submissionTyped(given, { unlisted: false })).rejects.toThrow("Give --creator");
  await expect(submissionTyped(given, { preset: "b", unlisted: false })).rejects.toThrow(
    "see `salon catalogue`",
  );
});
