import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";
import { MOTIONS } from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";

/** Which mean of a frame's channel, in [-1, 1], a logit is. */
interface Wire {
  frame: number;
  channel: 0 | 1 | 2;
  logit: number;
}

/**
 * Writes a grader of clips as its weights lie in a folder of weights: each logit is 0, or the mean of one channel of one frame.
 * @param labels its card's, where they are to be others than Salon's
 */
export async function toyClipGrader(
  weightsDir: string,
  wires: Record<"kinds" | "colours" | "motions" | "background", Wire[]>,
  labels: object = { kinds: OBJECT_KINDS, colours: COLOURS, motions: MOTIONS, backgrounds: BACKGROUNDS },
): Promise<void> {
  const graph = new GraphBuilder("grader");
  const clip = graph.input("clip", ["batch", 17, 3, 64, 64]);
  const means = graph.node("AveragePool", [clip], { kernel_shape: [1, 64, 64], strides: [1, 64, 64] });
  const flat = graph.node("Flatten", [means], { axis: { int: 1 } });
  const widths = { kinds: 16, colours: 16 * 8, motions: 16 * 13, background: 8 };
  for (const [name, width] of Object.entries(widths)) {
    const weights = new Float32Array(51 * width);
    for (const { frame, channel, logit } of wires[name as keyof typeof widths])
      weights[(3 * frame + channel) * width + logit] = 1;
    const matrix = graph.constant(`${name}_weights`, [51, width], weights);
    graph.output(name, graph.node("MatMul", [flat, matrix]), ["batch", width]);
  }
  const folder = path.join(weightsDir, "toybox-video-grader");
  await mkdir(folder, { recursive: true });
  const onnx = graph.encode();
  await writeFile(path.join(folder, "grader.onnx"), onnx);
  const sha256 = createHash("sha256").update(onnx).digest("hex");
  await writeFile(
    path.join(folder, "card.json"),
    JSON.stringify({ labels, files: { grader: { path: "grader.onnx", sha256 } } }),
  );
}
