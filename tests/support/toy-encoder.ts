import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";

/** Mean colours of the four quarters of an image of 8x8: 12 features. */
function quartersModel(): Uint8Array {
  const graph = new GraphBuilder("quarters");
  const image = graph.input("image", ["batch", 3, 8, 8]);
  const pooled = graph.node("AveragePool", [image], { kernel_shape: [4, 4], strides: [4, 4] });
  graph.output("features", graph.node("Flatten", [pooled], { axis: { int: 1 } }), ["batch", 12]);
  return graph.encode();
}

/** Writes a user's encoder as `salon encoders install NAME --from manifest.json` wants it. @returns the manifest's path */
export async function toyEncoder(folder: string, change: object = {}): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "quarters.onnx"), quartersModel());
  const manifest = path.join(folder, "manifest.json");
  const spec = {
    name: "quarters",
    title: "Mean colours of the quarters",
    file: "quarters.onnx",
    input: { name: "image", width: 8, height: 8, mean: [0, 0, 0], std: [0.25, 0.25, 0.25] },
    features: { name: "features", dimension: 12 },
    distanceLabel: "FD-Quarters",
    ...change,
  };
  await writeFile(manifest, JSON.stringify(spec));
  return manifest;
}

/** Mean colours of the quarters of 8x8 frames, of the first two and of the last two of four frames: 24 features. */
function halvesModel(): Uint8Array {
  const graph = new GraphBuilder("halves");
  const video = graph.input("clip", ["batch", 3, 4, 8, 8]);
  const window = [2, 4, 4];
  const pooled = graph.node("AveragePool", [video], { kernel_shape: window, strides: window });
  graph.output("features", graph.node("Flatten", [pooled], { axis: { int: 1 } }), ["batch", 24]);
  return graph.encode();
}

/** The same for a video encoder, "halves". */
export async function toyVideoEncoder(folder: string, change: object = {}): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "halves.onnx"), halvesModel());
  const manifest = path.join(folder, "manifest.json");
  const spec = {
    name: "halves",
    title: "Mean colours of the quarters of a video's two halves",
    file: "halves.onnx",
    input: {
      name: "clip",
      layout: "NCTHW",
      frames: 4,
      width: 8,
      height: 8,
      mean: [0, 0, 0],
      std: [0.25, 0.25, 0.25],
    },
    features: { name: "features", dimension: 24 },
    distanceLabel: "FD-Halves",
    ...change,
  };
  await writeFile(manifest, JSON.stringify(spec));
  return manifest;
}

/** Writes a video encoder that is given its frames one after the other, two at four a second: the mean of each channel of each. */
export async function toyFrameMeans(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const graph = new GraphBuilder("frame-means");
  const clip = graph.input("clip", ["batch", 2, 3, 8, 8]);
  const means = graph.node("AveragePool", [clip], { kernel_shape: [1, 8, 8], strides: [1, 8, 8] });
  graph.output("features", graph.node("Flatten", [means], { axis: { int: 1 } }), ["batch", 6]);
  await writeFile(path.join(folder, "means.onnx"), graph.encode());
  const manifest = path.join(folder, "manifest.json");
  const spec = {
    name: "frame-means",
    title: "Mean colours of two frames",
    file: "means.onnx",
    input: {
      name: "clip",
      layout: "NTCHW",
      frames: 2,
      fps: 4,
      width: 8,
      height: 8,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    features: { name: "features", dimension: 6 },
    distanceLabel: "FD-Means",
  };
  await writeFile(manifest, JSON.stringify(spec));
  return manifest;
}
