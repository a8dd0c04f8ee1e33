import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";

/** A small image of one box on a ground, another for every number; blurred on demand. */
export async function boxImage(number: number, seed: number, blur = 0): Promise<Buffer> {
  const ground = {
    r: (number * 13 + seed * 31) % 256,
    g: (number * 29) % 256,
    b: (number * 53 + seed * 7) % 256,
  };
  const box = { r: (number * 71) % 256, g: (number * 17 + seed * 3) % 256, b: 40 };
  const size = { width: 10 + ((number * 5 + seed) % 30), height: 12 + (number % 20), channels: 3 } as const;
  const drawn = await sharp({ create: { width: 64, height: 64, channels: 3, background: ground } })
    .composite([
      { input: { create: { ...size, background: box } }, left: (number * 3) % 20, top: (number * 7) % 25 },
    ])
    .png()
    .toBuffer();
  return blur === 0 ? drawn : sharp(drawn).blur(blur).png().toBuffer();
}

/** A new folder with images/, baseline/ (blurred), reference/ and prompts.txt with `prompts` prompts. */
export async function evalFolder(prompts = 24): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "salon-eval-"));
  const fill = async (name: string, count: number, seed: number, blur: number) => {
    await mkdir(path.join(folder, name));
    for (let number = 0; number < count; number++)
      await writeFile(path.join(folder, name, `${number}.png`), await boxImage(number, seed, blur));
  };
  await fill("images", prompts, 1, 0);
  await fill("baseline", prompts, 2, 3);
  await fill("reference", prompts + 12, 3, 0);
  const lines = Array.from({ length: prompts }, (_, number) => `box <b>number</b> ${number}`);
  await writeFile(path.join(folder, "prompts.txt"), lines.join("\n"));
  return folder;
}

const CLIP_FRAMES = 17;

/** A clip of a square that goes to the right; `frozen`: its middle frame throughout, but for a grain that keeps the frames apart. */
export async function squareClip(number: number, frozen: boolean): Promise<Buffer> {
  const frames = Array.from({ length: CLIP_FRAMES }, (_, t) => {
    const pixels = Buffer.alloc(64 * 64 * 3, 60 + 20 * number);
    const left = 2 + (frozen ? CLIP_FRAMES >> 1 : t) * 2;
    for (let y = 10; y < 34; y++)
      for (let x = left; x < left + 22; x++) pixels.set([250, 40 * number, 20], (y * 64 + x) * 3);
    pixels[0] = t;
    return pixels;
  });
  const raw = { width: 64, height: 64 * CLIP_FRAMES, channels: 3 as const, pageHeight: 64 };
  const delay = frames.map(() => 125);
  return sharp(Buffer.concat(frames), { raw }).webp({ lossless: true, delay }).toBuffer();
}
