import type { Command } from "commander";
import { openClipSource } from "@/lib/feature-extractors/clip-source";
import { writeClipFeatures, writeFeatures } from "@/lib/feature-extractors/resumable-features";
import { openSampleSource } from "@/lib/feature-extractors/sample-source";
import { withEncoderOptions } from "./fd";
import type { EncoderFlags } from "./metric-input";
import { EncoderOnce, orExit } from "./metric-input";
import { ProgressBar } from "./progress";

interface FeaturesFlags extends EncoderFlags {
  out: string;
}

/** Adds `salon features A --out F.npy`: the [N, d] float32 features of pictures or clips, in file-name order. */
export function registerFeatures(program: Command): void {
  const command = program
    .command("features")
    .description("Write the features of pictures or clips as a .npy array, in file-name order.")
    .argument("<a>", "folder, .zip or .tar of pictures; for an encoder of clips, of clips")
    .requiredOption(
      "--out <file>",
      "the .npy file to write; a run that was stopped goes on from its .part file",
    );
  withEncoderOptions(command)
    .option("--weights <file>", "a checkpoint to use instead of the installed encoder")
    .option(
      "--unverified",
      "accept a checkpoint whose hash is not the published one; nothing from it is called FID",
    )
    .action((a: string, flags: FeaturesFlags) => orExit(() => features(a, flags)));
}

async function features(location: string, flags: FeaturesFlags): Promise<string> {
  const encoder = new EncoderOnce(flags);
  const bar = new ProgressBar("embedding");
  const onProgress = (done: number, total: number) => bar.update(done / total, `${done}/${total}`);
  try {
    const { n, resumed, dimension, id } = (await encoder.isVideo())
      ? await clipFeatures(location, encoder, onProgress)
      : await pictureFeatures(location, encoder, onProgress);
    bar.end();
    const taken = resumed > 0 ? `, ${resumed} of them by an earlier run` : "";
    return `${flags.out}: ${n} x ${dimension} float32 by ${id}${taken}\n`;
  } finally {
    bar.end();
    await encoder.close();
  }
}

type Progress = (done: number, total: number) => void;

async function pictureFeatures(location: string, encoder: EncoderOnce<FeaturesFlags>, onProgress: Progress) {
  const source = await openSampleSource(location);
  try {
    const extractor = await encoder.image();
    const resumed = await writeFeatures(source, extractor, encoder.flags.out, { onProgress });
    return { n: source.files.length, resumed, dimension: extractor.dimension, id: extractor.id };
  } finally {
    await source.close();
  }
}

async function clipFeatures(location: string, encoder: EncoderOnce<FeaturesFlags>, onProgress: Progress) {
  const source = await openClipSource(location);
  try {
    const extractor = await encoder.video();
    const resumed = await writeClipFeatures(source, extractor, encoder.flags.out, { onProgress });
    return { n: source.clips.length, resumed, dimension: extractor.dimension, id: extractor.id };
  } finally {
    await source.close();
  }
}
