import { ALIKE_LEVELS, levelsApart } from "@/lib/metrics/image-distance";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";

/**
 * Images of one seed that are so much nearer to each other than to another seed's are one image, but for rounding. Three images that
 * have nothing to do with each other come so by chance in less than one of a thousand (tests/unit/models/judge-seed.test.ts).
 */
const HONOURED_SHARE = 0.25;
/** And so much nearer, of one composition; by chance less than one of twenty. */
const ROUGH_SHARE = 0.5;

/**
 * What becomes of seeds, by three small images: of a seed, of another, and of the first again.
 * @param images 8x8 thumbnails; null: it did not come
 * @param images.seeded whether seeds were sent; without, all are draws of the endpoint's own
 */
export function judgeSeed(images: {
  seeded: boolean;
  first: Uint8Array | null;
  other: Uint8Array | null;
  again: Uint8Array | null;
}): Capability["seed"] {
  const { seeded, first, other, again } = images;
  const apart = (a: Uint8Array | null, b: Uint8Array | null) =>
    a === null || b === null ? null : levelsApart(a, b);
  const sameLevels = seeded ? apart(first, again) : null;
  const others = [apart(first, other), seeded ? apart(again, other) : null].filter((each) => each !== null);
  const otherLevels =
    others.length === 0 ? null : others.reduce((sum, each) => sum + each, 0) / others.length;
  const verdict = verdictOf(seeded, sameLevels, otherLevels);
  return { verdict, sameLevels: rounded(sameLevels), otherLevels: rounded(otherLevels) };
}

function verdictOf(seeded: boolean, same: number | null, other: number | null) {
  if (other !== null && other < ALIKE_LEVELS) return "fixed";
  if (!seeded) return "none";
  if (same === null || other === null) return "unknown";
  if (same <= other * HONOURED_SHARE) return "honoured";
  return same <= other * ROUGH_SHARE ? "roughly" : "ignored";
}

const rounded = (levels: number | null) => (levels === null ? null : Math.round(levels * 100) / 100);
