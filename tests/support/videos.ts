import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { noisePng } from "./images";

/** The frames of a video of noise as PNG files' bytes; the same name gives the same bytes. */
export const noiseFrames = (name: string, frames: number, side = 16): Promise<Buffer[]> =>
  Promise.all(Array.from({ length: frames }, (_, t) => noisePng(side, side, `${name} frame ${t}`)));

/** The same frames as an animation at so many frames a second. */
export async function noiseAnimation(
  name: string,
  frames: number,
  { format, fps = 10, side = 16 }: { format: "gif" | "webp"; fps?: number; side?: number },
): Promise<Buffer> {
  const pngs = await noiseFrames(name, frames, side);
  const pixels = await Promise.all(pngs.map((bytes) => sharp(bytes).raw().toBuffer()));
  const raw = { width: side, height: side * frames, channels: 3 as const, pageHeight: side };
  const tall = sharp(Buffer.concat(pixels), { raw });
  const delay = Array.from({ length: frames }, () => 1000 / fps);
  return (format === "gif" ? tall.gif({ delay }) : tall.webp({ lossless: true, delay })).toBuffer();
}

/** Writes frames as a folder of PNG files. */
export async function writeFrames(folder: string, frames: Buffer[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [t, bytes] of frames.entries()) await writeFile(path.join(folder, `frame-${t}.png`), bytes);
}
