import { z } from "zod";
import type { BatchQueue } from "@/generation/batch-queue";
import { OUTPUT_FORMATS, type OutputFormat } from "@/generation/encode-image";
import { ApiError } from "@/generation/http/api-error";
import { newRoutes } from "@/generation/http/app";
import { jsonBody, limitBody, requireJson } from "@/generation/http/json-body";
import type { ModelLibrary } from "@/generation/model-library";
import { decodeSquare, type Reconstruction } from "@/generation/reconstruct-images";
import { invalidValue, orNull, parseBody } from "./parse-body";
import { roundedMs, submitToQueue } from "./submit-to-queue";

/** An image to take through an autoencoder. */
export interface QueuedReconstruction {
  autoencoder: string;
  original: Uint8Array;
  format: OutputFormat;
}

export type ReconstructionQueue = BatchQueue<QueuedReconstruction, Reconstruction>;

const reconstructionSchema = z.strictObject({
  model: z.string(),
  image: z.base64("must be base64").min(1, "must not be empty"),
  output_format: orNull(z.enum(OUTPUT_FORMATS)),
});

/** POST /v1/salon/reconstructions: an image through an autoencoder and back. Ours; OpenAI has no such thing. */
export function reconstructionRoutes(library: ModelLibrary, queue: ReconstructionQueue) {
  return newRoutes().post(
    "/v1/salon/reconstructions",
    requireJson,
    limitBody(),
    jsonBody((body) => parseBody(reconstructionSchema, body)),
    async (c) => {
      const wanted = c.req.valid("json");
      const card = library.autoencoder(wanted.model);
      if (!card) {
        const known = library
          .listAutoencoders()
          .map(({ id }) => `'${id}'`)
          .join(", ");
        const message = `There is no autoencoder '${wanted.model.slice(0, 100)}', but ${known || "none"}.`;
        throw new ApiError(400, "model_not_found", message, { param: "model" });
      }
      const original = await decodeSquare(Buffer.from(wanted.image, "base64"), card.imageSize).catch(
        (error: Error) => {
          throw invalidValue("image", error.message);
        },
      );
      const started = performance.now();
      const { results, queuedMs } = await submitToQueue(
        queue,
        card.id,
        [{ autoencoder: card.id, original, format: wanted.output_format ?? "png" }],
        c.var.signal,
      );
      const [{ bytes, psnr }] = results;
      return c.json({
        created: Math.floor(Date.now() / 1000),
        data: [{ b64_json: bytes.toString("base64") }],
        salon: {
          model: card.id,
          latentShape: card.latentShape,
          weights: { encoder: card.files.encoder.sha256, decoder: card.files.decoder.sha256 },
          // JSON has no infinity: null is a perfect copy.
          psnr: Number.isFinite(psnr) ? psnr : null,
          timingMs: {
            queue: roundedMs(queuedMs),
            reconstruct: roundedMs(performance.now() - started - queuedMs),
          },
        },
      });
    },
  );
}
