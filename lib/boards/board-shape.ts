import { Prisma } from "@/lib/db/generated/client";

/** A board's rule of sizes: what both sides of a battle are served in, and which samples may be in one. */
export type BoardShape = {
  /** In pixels. */
  imageWidth: number;
  imageHeight: number;
  /** Greatest departure of a sample's width / height from the board's, as a share of the board's. */
  aspectTolerance: number;
};

export type PixelSize = { width: number; height: number };

/** Whether images of this size may be in the board's battles: of its shape, whatever their resolution. */
export function fitsBoard({ width, height }: PixelSize, board: BoardShape): boolean {
  const relative = (width * board.imageHeight) / (height * board.imageWidth);
  return Math.abs(relative - 1) <= board.aspectTolerance;
}

/** The same in SQL, of artifact `a`. */
export const fitsBoardSql = ({ imageWidth, imageHeight, aspectTolerance }: BoardShape): Prisma.Sql =>
  Prisma.sql`abs(a.width::float8 * ${imageHeight}::int / (a.height::float8 * ${imageWidth}::int) - 1) <= ${aspectTolerance}::float8`;

/** "1024x768" as numbers; null for anything else. */
export function parseSize(text: string): PixelSize | null {
  const match = /^(\d+)x(\d+)$/.exec(text);
  const [width, height] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
  return width > 0 && height > 0 ? { width, height } : null;
}
