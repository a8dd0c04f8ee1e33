import type { NewArtifact } from "@/lib/artifacts/keep-artifacts";
import type { Reading } from "@/lib/encoders/encoder-spec";
import type { Encoder } from "@/lib/encoders/open-encoder";
import type { openSampleSource } from "@/lib/media/sample-source";

/** What features are known by. */
export type EncoderKey = Pick<Encoder, "id" | "preprocessing" | "dimension">;

/** An encoder that runs are scored under, of images or of videos. */
export type ScoringEncoder = EncoderKey &
  Pick<Encoder, "distanceLabel"> & {
    /** The reference set that a board chose for it; null: the site's. */
    referenceId: string | null;
  };

/** A sample of a reference set: its bytes with what is noted of them, and its features. */
export interface ReadSample extends NewArtifact {
  /** Its name in the source. */
  name: string;
  features: Float32Array;
}

/** A source of real samples, opened together with the encoder that embeds them. */
export interface ReferenceReader {
  encoder: EncoderKey;
  /** What a sample is called in messages. */
  noun: "image" | "video";
  total: number;
  /** Samples that {@link read} reads at a time. */
  batch: number;
  /** The samples from index `start` on. @throws SalonError naming the file that cannot be read */
  read(start: number): Promise<ReadSample[]>;
  close(): Promise<void>;
}

export interface ReaderOptions extends Reading {
  encodersDir: string;
  source: Parameters<typeof openSampleSource>[1];
  /** Of one image or frame; undefined: what the decoder takes. */
  maxPixels?: number;
}
