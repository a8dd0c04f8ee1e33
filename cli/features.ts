import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { Option } from "commander";
import { SalonError } from "@/lib/errors";
import { openVideoSource } from "@/lib/media/video-source";
import { RESIZES } from "@/lib/encoders/encoder-spec";
import type { FeatureTarget, WriteOptions } from "@/lib/encoders/resumable-features";
import { writeVideoFeatures, writeFeatures } from "@/lib/encoders/resumable-features";
import { openSampleSource } from "@/lib/media/sample-source";
import { DEFAULT_ENCODER, count } from "./fd";
import type { EncoderFlags } from "./metric-input";
import { EncoderOnce, orExit } from "./metric-input";
import { ProgressBar } from "./progress";
import { Damage, ruleInProtocol, withSampleOptions } from "./sample-options";

interface FeaturesFlags extends Omit<EncoderFlags, "encoder"> {
  encoder?: string[];
  out: string;
}

/** Adds `salon features A --encoder X [--encoder Y] --out F`: the [N, d] float32 features of images or videos, in file-name order. */
export function registerFeatures(program: Command): void {
  const command = program
    .command("features")
    .description(
      "Write the features of images or videos as .npy arrays, in file-name order, by one encoder or several from one decoding.",
    )
    .argument("<a>", "folder, .zip or .tar of images; for video encoders, of videos");
  withSampleOptions(command)
    .option(
      "--encoder <name>",
      `encoder of the samples; given several times, each sample is read once for all (default: "${DEFAULT_ENCODER}")`,
      (name: string, before: string[] = []) => [...before, name],
    )
    .addOption(new Option("--resize <how>", "resize in front of the encoders").choices(RESIZES))
    .option("--frames <count>", "frames of a video; the encoder's own number unless told", count(1))
    .requiredOption(
      "--out <file>",
      "the .npy file to write; of several encoders a folder, or a name with {encoder} in it. A run that was stopped goes on from its .part files",
    )
    .option("--weights <file>", "a checkpoint to use instead of the installed encoder")
    .option(
      "--unverified",
      "accept a checkpoint whose hash is not the published one; nothing from it is called FID",
    )
    .action((a: string, flags: FeaturesFlags) => orExit(() => features(a, flags)));
}

async function features(location: string, flags: FeaturesFlags): Promise<string> {
  const { encoder: names = [DEFAULT_ENCODER], ...shared } = flags;
  const outs = await outputs(names, flags.out);
  if (names.length > 1 && flags.weights !== undefined) {
    throw new SalonError("invalid_request", "--weights are those of one encoder; name one.");
  }
  const encoders = names.map((encoder) => new EncoderOnce({ ...shared, encoder }));
  const bar = new ProgressBar("embedding");
  const damage = new Damage();
  const onProgress = (done: number, total: number) => bar.update(done / total, `${done}/${total}`);
  try {
    const written = await ((await areOfVideos(encoders)) ? videoFeatures : imageFeatures)(
      location,
      encoders.map((encoder, i) => ({ encoder: encoder, out: outs[i] })),
      {
        onProgress,
        maxPixels: flags.maxPixels,
        decoding: (name) => damage.options(flags, name),
        rule: flags.frameRule && { frames: flags.frameRule, inProtocol: ruleInProtocol(flags) },
      },
    );
    bar.end();
    const lines = written.map(({ out, n, resumed, dimension, id }) => {
      const taken = resumed > 0 ? `, ${resumed} of them by an earlier run` : "";
      return `${out}: ${n} x ${dimension} float32 by ${id}${taken}\n`;
    });
    return [...lines, ...damage.remarks().map((text) => `${text}\n`)].join("");
  } finally {
    bar.end();
    for (const encoder of encoders) await encoder.close();
  }
}

/**
 * The file of each encoder: `{encoder}` stands for its name; a folder gets a file named after each.
 * @throws SalonError invalid_request when two would write the same file
 */
async function outputs(names: string[], out: string): Promise<string[]> {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new SalonError("invalid_request", `--encoder ${twice} is named twice.`);
  if (out.includes("{encoder}")) return names.map((name) => out.replaceAll("{encoder}", name));
  const isFolder =
    /[/\\]$/.test(out) ||
    (await stat(out).then(
      (found) => found.isDirectory(),
      () => false,
    ));
  if (isFolder) {
    await mkdir(out, { recursive: true });
    return names.map((name) => path.join(out, `${name}.npy`));
  }
  if (names.length > 1) {
    throw new SalonError(
      "invalid_request",
      `${out}: is one file for ${names.length} encoders. Name a folder (${out}/), or put {encoder} into the name.`,
    );
  }
  return [out];
}

/** @throws SalonError invalid_request when some read images and some videos */
async function areOfVideos(encoders: EncoderOnce[]): Promise<boolean> {
  const ofVideos = await Promise.all(encoders.map((encoder) => encoder.isVideo()));
  if (new Set(ofVideos).size === 1) return ofVideos[0];
  const name = (of: boolean) => encoders[ofVideos.indexOf(of)].flags.encoder;
  throw new SalonError(
    "invalid_request",
    `${name(true)} reads videos and ${name(false)} images: no samples are both.`,
  );
}

interface Written {
  out: string;
  n: number;
  /** Rows that an earlier run had written. */
  resumed: number;
  dimension: number;
  id: string;
}

type Targets = FeatureTarget<EncoderOnce>[];

async function imageFeatures(location: string, targets: Targets, options: WriteOptions): Promise<Written[]> {
  const source = await openSampleSource(location);
  try {
    const opened = [];
    for (const { encoder, out } of targets) opened.push({ out, encoder: await encoder.image() });
    const resumed = await writeFeatures(source, opened, options);
    return written(opened, source.files.length, resumed);
  } finally {
    await source.close();
  }
}

async function videoFeatures(location: string, targets: Targets, options: WriteOptions): Promise<Written[]> {
  const source = await openVideoSource(location);
  try {
    const opened = [];
    for (const { encoder, out } of targets) opened.push({ out, encoder: await encoder.video() });
    const resumed = await writeVideoFeatures(source, opened, options);
    return written(opened, source.videos.length, resumed);
  } finally {
    await source.close();
  }
}

const written = (
  opened: FeatureTarget<{ id: string; dimension: number }>[],
  n: number,
  resumed: number[],
): Written[] =>
  opened.map(({ out, encoder: { id, dimension } }, i) => ({ out, n, resumed: resumed[i], dimension, id }));
