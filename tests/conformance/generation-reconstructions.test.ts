import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRenderer, encodePng, SCENE_SIZE } from "@/generation/world/render";
import { sampleTrainingScene } from "@/generation/world/scene-sampler";
import { Backend, type ErrorResponse } from "./generation-client";

const MODEL = "toybox-autoencoder";

let backend: Backend;
let scenes: Uint8Array[];
let files: Buffer[];
beforeAll(async () => {
  // Before the backend, which shares this process and then opens no SVG any more.
  const render = await createRenderer();
  backend = await Backend.start();
  scenes = [0, 1, 2, 3].map((index) => render(sampleTrainingScene(index, "validation")));
  files = await Promise.all(scenes.map((scene) => encodePng(scene)));
});
afterAll(() => backend.close());

function post(body: unknown): Promise<Response> {
  return fetch(`${backend.url}/v1/salon/reconstructions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function reconstruct(file: Buffer, more: object = {}) {
  const response = await post({ model: MODEL, image: file.toString("base64"), ...more });
  const answer = (await response.json()) as {
    data: [{ b64_json: string }];
    salon: { model: string; latentShape: number[]; weights: Record<string, string>; psnr: number };
  };
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return { image: Buffer.from(answer.data[0].b64_json, "base64"), salon: answer.salon };
}

describe("a reconstruction", () => {
  it("is the image with the loss its PSNR states, by an independent sum over the pixels sent and received", async () => {
    for (const [index, file] of files.entries()) {
      const { image, salon } = await reconstruct(file);
      expect(salon).toMatchObject({ model: MODEL, latentShape: [4, 16, 16] });
      expect(salon.weights.encoder).toMatch(/^[0-9a-f]{64}$/);
      const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width: SCENE_SIZE, height: SCENE_SIZE, channels: 3 });
      const squares = Array.from(scenes[index], (value, at) => ((value - data[at]) / 255) ** 2);
      const error = squares.reduce((sum, square) => sum + square, 0) / squares.length;
      expect(salon.psnr).toBeCloseTo(-10 * Math.log10(error), 6);
      // The card says 30.8 dB on average; a wrong range or channel order gives less than 15.
      expect(salon.psnr).toBeGreaterThan(24);
      expect(salon.psnr).toBeLessThan(45);
    }
  });

  it("is the same bytes alone and in a batch, and in either format the same pixels", async () => {
    const alone = await reconstruct(files[0]);
    const together = await Promise.all(files.map((file) => reconstruct(file)));
    expect(together[0].image).toEqual(alone.image);
    const webp = await reconstruct(files[0], { output_format: "webp" });
    expect((await sharp(webp.image).metadata()).format).toBe("webp");
    expect(await sharp(webp.image).raw().toBuffer()).toEqual(await sharp(alone.image).raw().toBuffer());
  });

  it("takes what looks the same as the same image: with an alpha channel, or greyscale", async () => {
    const alpha = await sharp(files[0]).ensureAlpha().png().toBuffer();
    expect((await reconstruct(alpha)).image).toEqual((await reconstruct(files[0])).image);
    const grey = await sharp(files[0]).greyscale().png().toBuffer();
    expect((await reconstruct(grey)).image.length).toBeGreaterThan(100);
  });
});

describe("refusals name the parameter", () => {
  const base64 = (bytes: Buffer) => bytes.toString("base64");
  it.each([
    ["no model", async () => ({ model: undefined }), "model", "missing_required_parameter"],
    ["an unknown autoencoder", async () => ({ model: "nobody" }), "model", "model_not_found"],
    ["a model that draws", async () => ({ model: "flow-dit-latent" }), "model", "model_not_found"],
    ["no image", async () => ({ image: undefined }), "image", "missing_required_parameter"],
    ["an image that is no base64", async () => ({ image: "$$$" }), "image", "invalid_value"],
    [
      "bytes that are no image",
      async () => ({ image: base64(Buffer.from("hello")) }),
      "image",
      "invalid_value",
    ],
    [
      "an SVG, which is no image but a program for one",
      async () => ({
        image: base64(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>')),
      }),
      "image",
      "invalid_value",
    ],
    [
      "an image of another size",
      async () => ({ image: base64(await sharp(files[0]).resize(32).png().toBuffer()) }),
      "image",
      "invalid_value",
    ],
    [
      "an image that is cut off",
      async () => ({ image: base64(files[0].subarray(0, files[0].length / 2)) }),
      "image",
      "invalid_value",
    ],
    ["an unknown format", async () => ({ output_format: "bmp" }), "output_format", "invalid_value"],
    ["an unknown parameter", async () => ({ steps: 3 }), "steps", "unknown_parameter"],
  ])("400 for %s", async (_name, change, param, code) => {
    const response = await post({ model: MODEL, image: base64(files[0]), ...(await change()) });
    expect(response.status).toBe(400);
    const { error } = (await response.json()) as ErrorResponse;
    expect(error).toMatchObject({ type: "invalid_request_error", param, code });
    expect(error.message).toMatch(/\S/);
  });
});
