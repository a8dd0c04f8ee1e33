import type { Checkpoint, CheckpointTensor } from "@/lib/encoders/checkpoint/read-checkpoint";

/** A tensor that the caller has already required (requireTensors). */
export function tensor(checkpoint: Checkpoint, name: string): CheckpointTensor {
  const found = checkpoint.get(name);
  if (!found) throw new RangeError(`The checkpoint has no ${name}.`);
  return found;
}

/** A convolution without bias followed by a batch norm in evaluation mode, as one convolution; in float64. */
export function foldBatchNorm(
  checkpoint: Checkpoint,
  conv: string,
  norm: string,
  epsilon: number,
): { shape: number[]; weight: Float32Array; bias: Float32Array } {
  const { shape, data } = tensor(checkpoint, `${conv}.weight`);
  const [gamma, beta, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map(
    (part) => tensor(checkpoint, `${norm}.${part}`).data,
  );
  const channels = shape[0];
  const each = data.length / channels;
  const weight = new Float32Array(data.length);
  const bias = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    const scale = gamma[c] / Math.sqrt(variance[c] + epsilon);
    bias[c] = beta[c] - mean[c] * scale;
    for (let i = c * each; i < (c + 1) * each; i++) weight[i] = data[i] * scale;
  }
  return { shape, weight, bias };
}
