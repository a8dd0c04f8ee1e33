import { z } from "zod";

const place = z.tuple([z.number(), z.number()]);

/** What points of the map can be told by. */
export const MAP_FACETS = ["things", "kind", "colour", "background"] as const;
export type MapFacet = (typeof MAP_FACETS)[number];

/**
 * Images and captions in the contrastive encoder's space, laid flat: scripts/map-contrastive-space.ts computes it, /stack shows
 * it. It belongs to the weights whose hashes it names.
 */
export const contrastiveMapSchema = z.object({
  encoder: z.string(),
  /** sha256 of the two towers. */
  weights: z.object({ image: z.string(), text: z.string() }),
  /** Features of one point. */
  dimension: z.number().int(),
  /** Images, and as many captions, that the axes were computed from. */
  pairs: z.number().int(),
  /** Share of all variance along each axis. */
  kept: place,
  /** Of the images' variance along each axis the share that is between groups of one facet (eta squared). */
  explained: z.record(z.enum(MAP_FACETS), place),
  /** How many of the images have, in all directions, their own caption as the nearest of the captions shown. */
  ownIsNearest: z.number().int(),
  /** The card's figures, as they were when this was made. */
  figures: z.looseObject({ captionAmong100: z.number(), howMeasured: z.string() }),
  /** The colours of the facets that are colours. */
  inks: z.object({
    colour: z.record(z.string(), z.string()),
    background: z.record(z.string(), z.string()),
  }),
  /** The sheet of thumbnails: point i stands in column i % columns, row floor(i / columns). */
  sheet: z.object({ url: z.string(), columns: z.number().int(), rows: z.number().int() }),
  points: z.array(
    z.object({
      caption: z.string(),
      image: place,
      words: place,
      /** Cosine of image and own caption in all directions. */
      cosine: z.number(),
      /** The shown caption that is nearest in all directions: its place in this list. */
      nearest: z.number().int(),
      things: z.string(),
      kind: z.string(),
      colour: z.string(),
      background: z.string(),
    }),
  ),
});
export type ContrastiveMap = z.output<typeof contrastiveMapSchema>;
