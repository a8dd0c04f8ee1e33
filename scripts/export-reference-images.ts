/**
 * Write the reference images that come with the Toybox encoder: `npx tsx scripts/export-reference-images.ts [count = 1000]`
 * renders the first images of the reference split, those that reference-toybox-v1.json's statistics begin with, as PNG
 * files into one zip archive. Runs are compared with them one by one: neighbours, precision and recall, kernel distance.
 */
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { referenceImages } from "@/generation/world/evaluation-scenes";
import { writeZip } from "@/lib/media/files/zip";

const FILE = "lib/encoders/weights/toybox-encoder/reference-toybox-v1.zip";
const count = Number(process.argv[2] ?? 1000);

const files: { name: string; bytes: Uint8Array }[] = [];
for await (const pixels of referenceImages(count)) {
  const bytes = await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
    .png({ compressionLevel: 9, effort: 10 })
    .toBuffer();
  files.push({ name: `${String(files.length).padStart(5, "0")}.png`, bytes });
}
writeFileSync(FILE, writeZip(files));
console.log(`${count} images in ${FILE}`);
