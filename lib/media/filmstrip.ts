import sharp from "sharp";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP

/** One column of a filmstrip: two square images of one size. */
export interface FilmstripColumn {
  top: Buffer;
  bottom: Buffer;
}

/**
 * Images side by side in one lossless WebP: a slider then waits for one file, not for one a step.
 * @param side of each image in pixels
 */
export async function makeFilmstrip(columns: readonly FilmstripColumn[], side: number): Promise<Buffer> {
  return sharp({
    create: { width: side * columns.length, height: 2 * side, channels: 3, background: "#808080" },
  })
    .composite(
      columns.flatMap(({ top, bottom }, column) => [
        { input: top, left: column * side, top: 0 },
        { input: bottom, left: column * side, top: side },
      ]),
    )
    .webp({ lossless: true })
    .toBuffer();
}
