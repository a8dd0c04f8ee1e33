import { dataEstimate, type DiffusionPrediction } from "./diffusion-prediction";
import { cosineAlphaBar, geometricSigma } from "./schedules";

/** What decides how a noisy sample and the network's answer are read. */
export type Reading =
  | { family: "flow"; prediction: "velocity" }
  | { family: "ddpm"; prediction: DiffusionPrediction; clipData: boolean }
  | { family: "score"; prediction: "eps" };

/** A moment of the walk from noise to data, at unit variance. */
export interface Moment {
  /** Standard deviation of the noise in `sample`: 1 is noise alone, 0 none. */
  noise: number;
  /** Where the walk stands. */
  sample: Float32Array;
  /** The data that the network takes the sample for: where a single step would lead. */
  estimate: Float32Array;
}

/** The moment at which a network was asked for `x` at time t and gave `output`. */
export function momentOf(reading: Reading, x: Float32Array, t: number, output: Float32Array): Moment {
  if (reading.family === "flow") {
    return {
      noise: 1 - t,
      sample: x.slice(),
      estimate: x.map((value, index) => value + (1 - t) * output[index]),
    };
  }
  if (reading.family === "ddpm") {
    const alphaBar = cosineAlphaBar(t);
    const { prediction, clipData } = reading;
    return {
      noise: Math.sqrt(1 - alphaBar),
      sample: x.slice(),
      estimate: x.map((value, index) => dataEstimate(prediction, value, output[index], alphaBar, clipData)),
    };
  }
  // Variance exploding: brought to unit variance, or the image of it would be all black and white.
  const sigma = geometricSigma(t);
  const shrink = 1 / Math.sqrt(1 + sigma * sigma);
  return {
    noise: sigma * shrink,
    sample: x.map((value) => value * shrink),
    estimate: x.map((value, index) => value - sigma * output[index]),
  };
}
