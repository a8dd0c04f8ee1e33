import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A model of the generation backend: its card is all that listing it takes. Added again, it is another one of the same name. */
export function addModelCard(modelsDir: string, id: string, change: object = {}): void {
  const card = {
    id,
    name: `Model ${id}`,
    creator: "Tests",
    family: "flow",
    prediction: "velocity",
    paradigm: "Rectified flow",
    architecture: "DiT",
    representation: "Pixels",
    textConditioning: "Cross-attention",
    imageSize: 64,
    sampleShape: [3, 64, 64],
    decoder: null,
    textLength: 20,
    vocabularySize: 60,
    sampler: { default: "euler", steps: 20, guidanceScale: 3 },
    files: { denoiser: { path: "denoiser.onnx", sha256: "0".repeat(64), bytes: 1 } },
    parameters: 5_400_000,
    training: {},
    figures: {},
    license: "Apache-2.0",
    released: "2026-05-01",
    ...change,
  };
  mkdirSync(path.join(modelsDir, id), { recursive: true });
  writeFileSync(path.join(modelsDir, id, "card.json"), JSON.stringify(card));
}
