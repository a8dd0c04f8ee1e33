/**
 * Images a second end to end (read, decode, clean resize, Inception) against PyTorch with PIL, on the same
 * images and weights. `npx tsx tests/bench/metrics/images.ts [count] [side]`; the weights are random ones that
 * tests/fidelity/reference makes, written once to the temporary folder.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { extractSource } from "@/lib/encoders/extract-source";
import { openFromCheckpoint } from "@/lib/encoders/open-encoder";
import { openSampleSource } from "@/lib/media/sample-source";
import { image } from "../../fidelity/seeded";

const count = Number(process.argv[2] ?? 256);
const side = Number(process.argv[3] ?? 256);
const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
const python = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync("/usr/bin/python3", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr.slice(-2000));
  return stdout.trim();
};
try {
  const samples = path.join(folder, "samples");
  const reference = fileURLToPath(new URL("../../fidelity/reference", import.meta.url));
  const checkpoint = path.join(folder, "random.pth");
  python(
    "-c",
    `import sys; sys.path.insert(0, ${JSON.stringify(reference)})
import os, torch, inception
os.mkdir(${JSON.stringify(samples)})
torch.save(inception.network().state_dict(), ${JSON.stringify(checkpoint)})`,
  );
  for (let i = 0; i < count; i++) {
    const { data, width, height } = image(side, side, i);
    const png = await sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    writeFileSync(path.join(samples, `${String(i).padStart(5, "0")}.png`), png);
  }
  const [torchRate, torchMean] = python(
    fileURLToPath(new URL("./images.py", import.meta.url)),
    samples,
    checkpoint,
  ).split("\t");
  const encoder = await openFromCheckpoint("inception-v3-2015-12-05", checkpoint, {
    resize: "clean",
    unverified: true,
  });
  const source = await openSampleSource(samples);
  await encoder.extract([{ ...image(side, side, 0), format: "png" }]);
  const start = performance.now();
  const { features } = await extractSource(source, encoder);
  const rate = count / ((performance.now() - start) / 1000);
  const mean = features.reduce((sum, x) => sum + x, 0) / features.length;
  console.log(`${count} PNG of ${side}x${side}, clean resize to 299, Inception-v3, batches of 32`);
  console.log(`PyTorch and PIL   ${torchRate.padStart(7)} images/s   mean feature ${torchMean}`);
  console.log(
    `Salon             ${rate.toFixed(2).padStart(7)} images/s   mean feature ${mean.toFixed(6)}   ${(rate / Number(torchRate)).toFixed(2)}x`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
