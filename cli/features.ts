import type { Command } from "commander";
import { writeFeatures } from "@/lib/feature-extractors/resumable-features";
import { openSampleSource } from "@/lib/feature-extractors/sample-source";
import { withEncoderOptions } from "./fd";
import type { EncoderFlags } from "./metric-input";
import { EncoderOnce, orExit } from "./metric-input";
import { ProgressBar } from "./progress";

interface FeaturesFlags extends EncoderFlags {
  out: string;
}

/** Adds `salon features A --out F.npy`: the [N, d] float32 features of pictures, in file-name order. */
export function registerFeatures(program: Command): void {
  const command = program
    .command("features")
    .description("Write the features of a folder or archive of pictures as a .npy array, in file-name order.")
    .argument("<a>", "folder, .zip or .tar of pictures")
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
  const source = await openSampleSource(location);
  const bar = new ProgressBar("embedding");
  try {
    const extractor = await encoder.image();
    const resumed = await writeFeatures(source, extractor, flags.out, {
      onProgress: (done, total) => bar.update(done / total, `${done}/${total}`),
    });
    bar.end();
    const taken = resumed > 0 ? `, ${resumed} of them by an earlier run` : "";
    return `${flags.out}: ${source.files.length} x ${extractor.dimension} float32 by ${extractor.id}${taken}\n`;
  } finally {
    bar.end();
    await source.close();
    await encoder.close();
  }
}
