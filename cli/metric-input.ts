import path from "node:path";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { openVideoSource } from "@/lib/media/video-source";
import { decodeVideo } from "@/lib/media/decode-video";
import { extractSource } from "@/lib/encoders/extract-source";
import type { Resize } from "@/lib/encoders/encoder-spec";
import { FileError } from "@/lib/media/files/file-error";
import { parseNpy } from "@/lib/encoders/files/npy";
import { parseStatistics } from "@/lib/encoders/files/npz";
import { openRandomAccess } from "@/lib/media/files/random-access";
import { manifestHash, sha256 } from "@/lib/encoders/manifest";
import type { Encoder } from "@/lib/encoders/open-encoder";
import { openEncoder, openFromCheckpoint } from "@/lib/encoders/open-encoder";
import type { VideoEncoder } from "@/lib/encoders/open-video-encoder";
import { isVideoEncoder, openVideoEncoder, openVideoFromCheckpoint } from "@/lib/encoders/open-video-encoder";
import { openSampleSource } from "@/lib/media/sample-source";
import type { FeatureSet } from "@/lib/metrics/features";
import { featureSet } from "@/lib/metrics/features";
import type { Forensics } from "@/lib/metrics/forensics";
import { examine } from "@/lib/metrics/forensics";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import { gaussianOfFeatures } from "@/lib/metrics/frechet-distance";
import type { TemporalProbe } from "@/lib/metrics/motion/temporal-probe";
import { probeFrameOrder } from "@/lib/metrics/motion/temporal-probe";
import { ProgressBar } from "./progress";
import { Damage, ruleInProtocol, type SampleFlags } from "./sample-options";

export interface EncoderFlags extends SampleFlags {
  encoder: string;
  resize?: Resize;
  weights?: string;
  unverified?: boolean;
  /** Frames of a video; undefined: the encoder's own number. */
  frames?: number;
}

/** A set of samples as the commands take it: a folder or archive, .npy features, or .npz statistics. */
export interface MetricSet {
  path: string;
  /** Identity of the content. */
  manifest: string;
  dimension: number;
  /** Null when only statistics are known. */
  features: FeatureSet | null;
  logits: FeatureSet | null;
  /** Null when there are features. */
  statistics: Gaussian | null;
  /** How the images look; null without images. */
  forensics: Forensics | null;
  /** Names of the samples, in the order of their features; null where features came ready-made. */
  names: string[] | null;
  /** What a reader must know of statistics that were taken as they are. */
  remarks: string[];
  /** Features of the same videos with their motion broken, in the ways that were asked for; null unless any was. */
  probed: Partial<Record<TemporalProbe, FeatureSet>> | null;
}

/** What the features came from, for the protocol. */
export interface EncoderFacts {
  id: string;
  preprocessing: string;
  distanceLabel: string;
}

/** Folder of the installed encoders. */
export const encodersDir = (): string => path.join(env().SALON_DATA_DIR, "encoders");

/** Opens the encoder that the flags name, when it is first needed, and keeps it. */
export class EncoderOnce<F extends EncoderFlags = EncoderFlags> {
  private opened: Promise<Encoder> | null = null;
  private openedVideo: Promise<VideoEncoder> | null = null;

  constructor(readonly flags: F) {}

  image(): Promise<Encoder> {
    const { encoder, resize, weights, unverified } = this.flags;
    this.opened ??=
      weights === undefined
        ? openEncoder(encoder, { encodersDir: encodersDir(), resize })
        : openFromCheckpoint(encoder, weights, { resize, unverified });
    return this.opened;
  }

  /** Whether it reads videos. */
  isVideo(): Promise<boolean> {
    return isVideoEncoder(this.flags.encoder, encodersDir());
  }

  video(): Promise<VideoEncoder> {
    const { encoder, resize, frames, weights, unverified } = this.flags;
    this.openedVideo ??=
      weights === undefined
        ? openVideoEncoder(encoder, { encodersDir: encodersDir(), resize, frames })
        : openVideoFromCheckpoint(encoder, weights, { resize, frames, unverified });
    return this.openedVideo;
  }

  /** Of the encoder in use; features that came ready-made say nothing about theirs. */
  async facts(): Promise<EncoderFacts> {
    const video = await this.openedVideo;
    const used =
      (await this.opened) ??
      (video && {
        ...factsOf(video),
        preprocessing: video.preprocessing + ruleInProtocol(this.flags, video.rule),
      });
    return used ?? { id: "given features", preprocessing: "unknown", distanceLabel: "FD" };
  }

  async close(): Promise<void> {
    await (await this.opened)?.close();
    await (await this.openedVideo)?.close();
  }
}

const factsOf = ({ id, preprocessing, distanceLabel }: EncoderFacts): EncoderFacts => ({
  id,
  preprocessing,
  distanceLabel,
});

/** Whether a set is a file of features or statistics. */
export const isReadyMade = (location: string): boolean => /\.np[yz]$/i.test(location);

export interface ReadOptions {
  /** Also embed the videos with their motion broken in these ways; `seed` decides the order of shuffled frames. */
  probe?: { seed: number; ways: readonly TemporalProbe[] };
}

/**
 * Reads one set of samples.
 * @throws SalonError naming the file at fault
 */
export async function readMetricSet(
  location: string,
  encoder: EncoderOnce,
  { probe }: ReadOptions = {},
): Promise<MetricSet> {
  const nothing = {
    path: location,
    features: null,
    logits: null,
    statistics: null,
    forensics: null,
    names: null,
    remarks: [],
    probed: null,
  };
  if (probe && (isReadyMade(location) || !(await encoder.isVideo()))) {
    throw new FileError(
      location,
      "cannot be probed for motion: that needs a folder of videos and a video encoder, such as i3d-kinetics400.",
    );
  }
  if (/\.npz$/i.test(location)) {
    const bytes = await read(location);
    const statistics = await parseStatistics(bytes, location);
    const { dimension, clipped } = statistics;
    const remarks = clipped
      ? [
          `Eigenvalues of sigma below zero by rounding, counted as zero: ${clipped.count}, the lowest ${shown(clipped.lowest)} of the largest.`,
        ]
      : [];
    return { ...nothing, manifest: sha256(bytes), dimension, statistics, remarks };
  }
  if (/\.npy$/i.test(location)) {
    const bytes = await read(location);
    const { shape, data } = parseNpy(bytes, location);
    if (shape.length !== 2)
      throw new FileError(location, `has shape (${shape.join(", ")}); features are [N, d].`);
    const features = featureSet(data, shape[1], `features in ${location}`);
    return { ...nothing, manifest: sha256(bytes), dimension: shape[1], features };
  }
  return (await encoder.isVideo())
    ? { ...nothing, ...(await readVideos(location, encoder, probe)) }
    : { ...nothing, ...(await readImages(location, encoder)) };
}

/** A whole file, in pieces: Node reads no more than 2 GiB at a time. */
async function read(location: string): Promise<Uint8Array> {
  const file = await openRandomAccess(location).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === "ENOENT" ? "does not exist." : `cannot be read (${error.code}).`;
    throw new FileError(location, problem, { cause: error });
  });
  try {
    return await file.read(0, file.size);
  } finally {
    await file.close();
  }
}

async function readImages(location: string, encoder: EncoderOnce) {
  const source = await openSampleSource(location);
  const bar = new ProgressBar(`embedding ${path.basename(location)}`);
  try {
    const opened = await encoder.image();
    const extracted = await extractSource(source, opened, {
      maxPixels: encoder.flags.maxPixels,
      onProgress: (done, total) => bar.update(done / total, `${done}/${total}`),
    });
    const { features, logits, facts, manifest } = extracted;
    const n = facts.length;
    return {
      manifest,
      dimension: opened.dimension,
      features: featureSet(features, opened.dimension, `features of ${location}`),
      logits: logits && featureSet(logits, logits.length / n, `logits of ${location}`),
      forensics: examine(facts),
      names: facts.map(({ name }) => name),
    };
  } finally {
    bar.end();
    await source.close();
  }
}

async function readVideos(location: string, encoder: EncoderOnce, probe: ReadOptions["probe"]) {
  const source = await openVideoSource(location);
  const { videos } = source;
  const bar = new ProgressBar(`embedding ${path.basename(location)}`);
  try {
    const opened = await encoder.video();
    const { dimension } = opened;
    const empty = () => new Float32Array(videos.length * dimension);
    const features = empty();
    const probed = probe?.ways.map((way) => ({ way, rows: empty() })) ?? [];
    const hashes: string[] = [];
    const damage = new Damage();
    for (const [i, video] of videos.entries()) {
      const packed = await video.read();
      const options = damage.options(encoder.flags, packed.name, opened.rule);
      const frames = await decodeVideo(packed, opened.frames, options);
      hashes.push(sha256(packed.bytes));
      features.set(await opened.extract([frames]), i * dimension);
      for (const { way, rows } of probed) {
        const order = probeFrameOrder(way, frames.length, (probe?.seed ?? 0) + i);
        rows.set(await opened.extract([order.map((frame) => frames[frame])]), i * dimension);
      }
      bar.update((i + 1) / videos.length, `${i + 1}/${videos.length}`);
    }
    const set = (rows: Float32Array) => featureSet(rows, dimension, `features of ${location}`);
    return {
      manifest: manifestHash(hashes),
      dimension,
      features: set(features),
      names: videos.map(({ name }) => name),
      remarks: damage.remarks(),
      probed: probe ? Object.fromEntries(probed.map(({ way, rows }) => [way, set(rows)])) : null,
    };
  } finally {
    bar.end();
    await source.close();
  }
}

/**
 * Mean and covariance of a set.
 * @throws FileError when it has a single sample
 */
export function gaussianOfSet(set: MetricSet): Gaussian {
  if (set.statistics) return set.statistics;
  requireSeveral(set);
  const { features } = set;
  if (!features) throw new TypeError("A set without statistics has features.");
  return gaussianOfFeatures(features);
}

/** @throws FileError naming a set, and its sample, when it has a single one: no metric is defined on that */
export function requireSeveral({ path: location, features, names }: MetricSet): void {
  if (features === null || features.n >= 2) return;
  const only = names ? ` (${names[0]})` : "";
  throw new FileError(location, `holds 1 sample${only}; a distribution needs at least 2.`);
}

/** @throws FileError naming both sets when their features differ in length. */
export function requireSameDimension(first: MetricSet, second: MetricSet): void {
  if (first.dimension !== second.dimension) {
    throw new FileError(
      first.path,
      `has ${first.dimension} features a sample, but ${second.path} has ${second.dimension}.`,
    );
  }
}

/** Runs a command; what a person can mend becomes one line on stderr and exit code 2, without any output. */
export async function orExit(work: () => Promise<string>): Promise<void> {
  try {
    const output = await work();
    process.stdout.write(output);
  } catch (error) {
    if (!(error instanceof SalonError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** A number for a table: six significant digits. */
export const shown = (value: number | null): string =>
  value === null ? "-" : String(Number(value.toPrecision(6)));
