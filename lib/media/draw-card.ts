import path from "node:path";
import sharp from "sharp";
import { rootFolder } from "@/lib/env";
import { CARD_SIZE, type CardMark } from "@/lib/schemas/card-marks";

/** A machine may have no font at all; Next.js brings this one (SIL Open Font License). */
const font = () => path.join(rootFolder(), "node_modules/next/dist/compiled/@vercel/og/Geist-Regular.ttf");

/**
 * Texts and bars on a plain canvas, as PNG. Not by way of SVG, which sharp is not allowed to read here (decode-image.ts).
 * @param background such as "#f6f3ee"
 */
export async function drawCard(marks: readonly CardMark[], background: string): Promise<Buffer> {
  const layers = await Promise.all(
    marks.map(async (mark) => ({ input: await drawMark(mark), left: mark.left, top: mark.top })),
  );
  return sharp({ create: { ...CARD_SIZE, channels: 3, background } })
    .composite(layers)
    .png()
    .toBuffer();
}

async function drawMark(mark: CardMark): Promise<Buffer> {
  if (mark.kind === "bar") {
    const { width, height, colour } = mark;
    return sharp({ create: { width, height, channels: 3, background: colour } })
      .png()
      .toBuffer();
  }
  // Pango's markup: a name is text and nothing else.
  const text = `<span foreground="${mark.colour}">${mark.text.replace(/[&<>]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[letter]!)}</span>`;
  const drawn = sharp({
    text: { text, font: `Geist ${mark.size}`, fontfile: font(), rgba: true, dpi: 72 },
  }).png();
  const { data, info } = await drawn.toBuffer({ resolveWithObject: true });
  // sharp lays on nothing that is larger than the canvas: a name of wide letters ends at its edge.
  const [width, height] = [CARD_SIZE.width - mark.left, CARD_SIZE.height - mark.top];
  if (info.width <= width && info.height <= height) return data;
  const [shownWidth, shownHeight] = [Math.min(width, info.width), Math.min(height, info.height)];
  return sharp(data).extract({ left: 0, top: 0, width: shownWidth, height: shownHeight }).png().toBuffer();
}
