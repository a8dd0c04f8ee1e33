import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { caveatText } from "@/components/caveat-text";
import { RESIZES } from "@/lib/encoders/encoder-spec";
import { onnxGram } from "@/lib/encoders/onnx-gram";
import { frechetDistance, prepareReference, sizeBiasCaveat } from "@/lib/metrics/frechet-distance";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import { protocolKey } from "@/lib/metrics/protocol";
import { expectedSizeBias } from "@/lib/metrics/size-bias";
import type { EncoderFlags } from "./metric-input";
import {
  EncoderOnce,
  gaussianOfSet,
  orExit,
  readMetricSet,
  requireSameDimension,
  shown,
} from "./metric-input";
import { ProgressBar } from "./progress";
import { withSampleOptions } from "./sample-options";

/** The field's own encoder; the bundled one must be asked for, so that nobody takes its number for FID. */
export const DEFAULT_ENCODER = "inception-v3-2015-12-05";

/** Adds the options that choose an encoder. */
export function withEncoderOptions(command: Command): Command {
  return withSampleOptions(command)
    .option("--encoder <name>", "encoder of the samples", DEFAULT_ENCODER)
    .addOption(new Option("--resize <how>", "resize in front of the encoder").choices(RESIZES))
    .option("--frames <count>", "frames of a video; the encoder's own number unless told", count(1));
}

/** Parser of an integer option of at least `least`. */
export const count =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`an integer from ${least} on.`);
    return value;
  };

interface FdFlags extends EncoderFlags {
  interval: boolean;
  json: boolean;
}

/** Adds `salon fd A B`: the Fréchet distance of A to the reference B. Exit code 2 names the file at fault. */
export function registerFd(program: Command): void {
  const command = program
    .command("fd")
    .description("Fréchet distance of samples A to a reference B.")
    .argument("<a>", "folder, .zip or .tar of images or videos, .npy features [N, d] or .npz (mu, sigma)")
    .argument("<b>", "the reference, likewise");
  withEncoderOptions(command)
    .option("--no-interval", "leave out the interval (20 more distances)")
    .option("--json", "print JSON", false)
    .action((a: string, b: string, flags: FdFlags) => orExit(() => fd(a, b, flags)));
}

async function fd(a: string, b: string, flags: FdFlags): Promise<string> {
  const encoder = new EncoderOnce(flags);
  const bar = new ProgressBar("distance");
  try {
    const first = await readMetricSet(a, encoder);
    const second = await readMetricSet(b, encoder);
    requireSameDimension(first, second);
    const gaussian = gaussianOfSet(first);
    const reference = await prepareReference(gaussianOfSet(second), { kernel: onnxGram });
    const n = first.features?.n ?? null;
    const estimate =
      first.features && flags.interval && first.features.n >= 4
        ? await frechetJackknife(first.features, reference, {
            kernel: onnxGram,
            onProgress: (share) => bar.update(share),
          })
        : null;
    const value = estimate?.value ?? (await frechetDistance(gaussian, reference, { kernel: onnxGram }));
    const { id, preprocessing, distanceLabel } = await encoder.facts();
    const protocol = {
      metric: "fd",
      encoder: id,
      preprocessing,
      samples: n ?? 0,
      reference: second.manifest,
    };
    const known =
      n === null
        ? null
        : sizeBiasCaveat(
            n,
            first.dimension,
            await expectedSizeBias(reference.covariance, first.dimension, n, onnxGram),
          );
    const caveat = known && caveatText(known);
    const remarks = [first, second].flatMap((set) => set.remarks.map((text) => `${set.path}: ${text}`));
    const result = {
      fd: {
        value,
        low: estimate?.low ?? null,
        high: estimate?.high ?? null,
        n,
        n_reference: second.features?.n ?? null,
        label: distanceLabel,
        protocol: n === null ? null : protocolKey(protocol),
        caveat,
        remarks,
      },
      protocol,
    };
    bar.end();
    if (flags.json) return `${JSON.stringify(result, null, 2)}\n`;
    const interval = estimate ? `  [${shown(estimate.low)}, ${shown(estimate.high)}]` : "";
    const lines = [
      `${distanceLabel}  ${shown(value)}${interval}`,
      `n  ${n ?? "unknown"} against ${second.features?.n ?? "unknown"}`,
      `encoder  ${id}, ${preprocessing}`,
      ...(caveat ? [`caveat  ${caveat}`] : []),
      ...remarks,
    ];
    return `${lines.join("\n")}\n`;
  } finally {
    bar.end();
    await encoder.close();
  }
}
