import type { ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";

type Point = ContrastiveMap["points"][number];

/** A map whose points are rows without names: a page carries a hundred of them, and their names would be half of that. */
export type MapRows = Omit<ContrastiveMap, "points"> & { rows: ReturnType<typeof rowOf>[] };

const rowOf = ({ caption, image, words, cosine, nearest, things, kind, colour, background }: Point) =>
  [caption, ...image, ...words, cosine, nearest, things, kind, colour, background] as const;

export const rowsOf = ({ points, ...map }: ContrastiveMap): MapRows => ({ ...map, rows: points.map(rowOf) });

export const mapOf = ({ rows, ...map }: MapRows): ContrastiveMap => ({
  ...map,
  points: rows.map(([caption, x, y, wordsX, wordsY, cosine, nearest, things, kind, colour, background]) => ({
    caption,
    image: [x, y],
    words: [wordsX, wordsY],
    ...{ cosine, nearest, things, kind, colour, background },
  })),
});
