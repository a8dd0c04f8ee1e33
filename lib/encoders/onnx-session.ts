import "@/bin/no-telemetry.mjs";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { InferenceSession } from "onnxruntime-node";
import { EncoderError } from "@/lib/encoders/encoder-error";

export interface OpenedModel {
  session: InferenceSession;
  /** sha256 (hex) of the ONNX file: the identity of the weights. */
  sha256: string;
}

/**
 * Reads an ONNX file, checks its hash when one is expected and opens a CPU session on the bytes that were hashed.
 * @throws EncoderError WEIGHTS_MISSING, WEIGHTS_WRONG
 */
export async function openModel(
  file: string,
  { sha256, threads = 0 }: { sha256?: string; threads?: number } = {},
): Promise<OpenedModel> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new EncoderError("WEIGHTS_MISSING", `The weights ${file} cannot be read.`, { cause: error });
  }
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== undefined && sha256 !== actual) {
    throw new EncoderError("WEIGHTS_WRONG", `${file} has sha256 ${actual}, but ${sha256} was expected.`);
  }
  return { session: await openSession(bytes, file, threads), sha256: actual };
}

/**
 * A CPU session on the bytes of an ONNX model.
 * @throws EncoderError WEIGHTS_WRONG naming `file`
 */
export async function openSession(bytes: Uint8Array, file: string, threads = 0): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bytes, {
      executionProviders: ["cpu"],
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      // Idle threads sleep instead of spinning: a worker shares its machine with the site and the database.
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
  } catch (error) {
    throw new EncoderError("WEIGHTS_WRONG", `${file} is no ONNX model that can be run.`, { cause: error });
  }
}
