import type { RatingHistory } from "@/lib/schemas/views";

/** A board's history as it goes to the browser: each snapshot once, and of each model three numbers for it. */
export type PackedHistory = {
  snapshots: { votes: number; createdAt: string }[];
  lines: {
    model: string;
    name: string;
    /** Rating, low and high to a tenth of a point after each snapshot; null: not ranked by it. */
    values: ([number, number, number] | null)[];
  }[];
};

export function packHistory({ models, points }: RatingHistory): PackedHistory {
  const rated = points.map(({ ratings }) => new Map(ratings.map((rating) => [rating.model, rating])));
  return {
    snapshots: points.map(({ votes, createdAt }) => ({ votes, createdAt })),
    lines: models.map(({ slug, name }) => ({
      model: slug,
      name,
      values: rated.map((ratings) => {
        const found = ratings.get(slug);
        return found === undefined ? null : [tenths(found.rating), tenths(found.low), tenths(found.high)];
      }),
    })),
  };
}

/** One point for each model and snapshot that ranks it, by snapshot. */
export function unpackHistory({ snapshots, lines }: PackedHistory) {
  return snapshots.flatMap((snapshot, at) =>
    lines.flatMap(({ model, name, values }) => {
      const value = values[at];
      if (value === null) return [];
      const [rating, low, high] = value;
      return [{ model, name, ...snapshot, rating, low, high }];
    }),
  );
}

const tenths = (points: number) => Math.round(points * 10) / 10;
