import { ALIKE_LEVELS, levelsApart } from "@/lib/metrics/image-distance";
import type { FileRemark } from "@/lib/schemas/reasons/file-remark";

/** What is noted of each image while it is decoded. */
export interface ImageFacts {
  name: string;
  sha256: string;
  format: string;
  width: number;
  height: number;
  bytes: number;
  /** Smallest and largest value of the channel that varies most. */
  low: number;
  high: number;
  /** 8x8 RGB box averages, 192 bytes. */
  thumbnail: Uint8Array;
}

export interface Forensics {
  n: number;
  /** "clean" when there is nothing to look at. */
  badge: "clean" | "look" | "bad";
  formats: Record<string, number>;
  /** "64x64" -> how many. */
  resolutions: Record<string, number>;
  exactDuplicates: string[][];
  nearDuplicates: string[][];
  /** Images of one flat colour, or using less than a quarter of the value range. */
  narrowRange: string[];
  /** Files that could not be decoded, with the reason. */
  corrupt: { name: string; reason: string }[];
  /** What to look at. */
  remarks: FileRemark[];
}

/**
 * What is odd about a set of images: mixed formats and resolutions, duplicates, narrow value ranges, corrupt
 * files. Near duplicates are sought among thumbnails whose 64-bit gradient hashes differ in at most 3 bits.
 */
export function examine(images: ImageFacts[], corrupt: Forensics["corrupt"] = []): Forensics {
  const formats = histogram(images.map(({ format }) => format));
  const resolutions = histogram(images.map(({ width, height }) => `${width}x${height}`));
  const byHash = groupBy(images, ({ sha256 }) => sha256);
  const exactDuplicates = [...byHash.values()].filter((group) => group.length > 1).map(names);
  const distinct = [...byHash.values()].map(([first]) => first);
  const nearDuplicates = nearGroups(distinct).map(names);
  const narrowRange = names(images.filter(({ low, high }) => high - low < 64));
  const copies = (groups: string[][]) => groups.reduce((sum, group) => sum + group.length - 1, 0);
  const resolutionCount = Object.keys(resolutions).length;
  const all: [boolean, FileRemark][] = [
    [corrupt.length > 0, { code: "unreadable", files: corrupt.length }],
    [exactDuplicates.length > 0, { code: "exact_copies", files: copies(exactDuplicates) }],
    [nearDuplicates.length > 0, { code: "alike", files: copies(nearDuplicates) }],
    [resolutionCount > 1, { code: "mixed_resolutions", resolutions: resolutionCount }],
    [Object.keys(formats).length > 1, { code: "mixed_formats", formats: Object.keys(formats) }],
    ["jpeg" in formats, { code: "lossy" }],
    [narrowRange.length > 0, { code: "narrow_range", files: narrowRange.length }],
  ];
  const remarks = all.flatMap(([isSo, remark]) => (isSo ? [remark] : []));
  const bad = corrupt.length > 0 || copies(exactDuplicates) > images.length / 100;
  const badge = bad ? "bad" : remarks.length > 0 ? "look" : "clean";
  return {
    n: images.length,
    badge,
    formats,
    resolutions,
    exactDuplicates,
    nearDuplicates,
    narrowRange,
    corrupt,
    remarks,
  };
}

/** What sets samples apart from their reference before any model is looked at: another coding, another size. */
export function compareInputs(
  samples: Pick<Forensics, "formats" | "resolutions">,
  reference: Pick<Forensics, "formats" | "resolutions">,
): FileRemark[] {
  const apart = (
    code: "other_formats" | "other_resolutions",
    kind: "formats" | "resolutions",
  ): FileRemark[] => {
    const others = Object.keys(samples[kind]).filter((value) => !Object.hasOwn(reference[kind], value));
    return others.length === 0 ? [] : [{ code, samples: others, reference: Object.keys(reference[kind]) }];
  };
  return [...apart("other_formats", "formats"), ...apart("other_resolutions", "resolutions")];
}

const names = (images: ImageFacts[]) => images.map(({ name }) => name);

function histogram(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function groupBy<T>(items: T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Four 16-bit words of the gradient hash: whether each thumbnail cell is brighter than the next one. */
function gradientHash(thumbnail: Uint8Array): number[] {
  const grey = Array.from(
    { length: 64 },
    (_, i) => thumbnail[3 * i] + thumbnail[3 * i + 1] + thumbnail[3 * i + 2],
  );
  const words = [0, 0, 0, 0];
  for (let i = 0; i < 64; i++) {
    const next = (i & ~7) | ((i + 1) & 7);
    if (grey[i] > grey[next]) words[i >> 4] |= 1 << (i & 15);
  }
  return words;
}

/** Groups of images that look the same. Hashes within 3 bits share one of their four words, so only those are compared. */
function nearGroups(images: ImageFacts[]): ImageFacts[][] {
  const hashes = images.map(({ thumbnail }) => gradientHash(thumbnail));
  const parent = images.map((_, i) => i);
  const root = (i: number): number => (parent[i] === i ? i : (parent[i] = root(parent[i])));
  for (let word = 0; word < 4; word++) {
    const buckets = groupBy(
      images.map((_, i) => i),
      (i) => String(hashes[i][word]),
    );
    for (const bucket of buckets.values()) {
      for (let a = 0; a < bucket.length; a++) {
        for (let b = a + 1; b < bucket.length; b++) {
          const [i, j] = [bucket[a], bucket[b]];
          if (root(i) === root(j) || bitsApart(hashes[i], hashes[j]) > 3) continue;
          if (levelsApart(images[i].thumbnail, images[j].thumbnail) < ALIKE_LEVELS) parent[root(j)] = root(i);
        }
      }
    }
  }
  const groups = groupBy(
    images.map((_, i) => i),
    (i) => String(root(i)),
  );
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map((i) => images[i]));
}

function bitsApart(a: number[], b: number[]): number {
  let bits = 0;
  for (let word = 0; word < 4; word++) {
    for (let x = a[word] ^ b[word]; x !== 0; x &= x - 1) bits++;
  }
  return bits;
}
