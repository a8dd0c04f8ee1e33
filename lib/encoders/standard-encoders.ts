import { createHash } from "node:crypto";
import type { Checkpoint } from "@/lib/encoders/checkpoint/read-checkpoint";
import { readCheckpoint, requireTensors } from "@/lib/encoders/checkpoint/read-checkpoint";
import type { EncoderSpec, Resize } from "@/lib/encoders/encoder-spec";
import { FileError } from "@/lib/media/files/file-error";
import { sha256 } from "@/lib/encoders/manifest";
import { I3D_CLASSES, I3D_SIZE, buildI3d, i3dTensors } from "@/lib/encoders/onnx-graph/i3d";
import {
  INCEPTION_CLASSES,
  INCEPTION_FEATURES,
  INCEPTION_SIZE,
  buildInception,
  inceptionTensors,
} from "@/lib/encoders/onnx-graph/inception-v3";

/** A published checkpoint and what proves that it is the one. */
export interface PublishedFile {
  url: string;
  bytes?: number;
  sha256?: string;
  /** git's blob id: sha1 of "blob <size>\0" and the bytes. */
  gitBlob?: string;
}

/** An encoder of the field whose weights are not ours to ship: where they are published, and how they become ONNX. */
export interface StandardEncoder {
  name: string;
  title: string;
  kind: "image" | "video";
  published: PublishedFile[];
  tensors(): Map<string, number[]>;
  build(checkpoint: Checkpoint): Uint8Array;
  /** The field's name for the Fréchet distance on these features, for the published weights only. */
  distanceLabel: string;
  resizes: Resize[];
  spec(resize: Resize): Omit<EncoderSpec, "distanceLabel">;
}

const triple = (value: number): [number, number, number] => [value, value, value];
/** (p - 128) / 128 and 2 p / 255 - 1, as mean and deviation of p / 255. */
const AROUND_128 = { mean: triple(128 / 255), std: triple(128 / 255) };
const PLUS_MINUS_ONE = { mean: triple(0.5), std: triple(0.5) };

/** The encoders that `salon encoders install` knows, by name. */
export const STANDARD_ENCODERS: Record<string, StandardEncoder> = {
  "inception-v3-2015-12-05": {
    name: "inception-v3-2015-12-05",
    title: "Inception-v3 of 2015-12-05, the encoder of FID, KID, precision/recall and the Inception Score",
    kind: "image",
    published: [
      {
        url: "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth",
        bytes: 95_628_359,
        sha256: "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2",
      },
    ],
    tensors: inceptionTensors,
    build: buildInception,
    distanceLabel: "FID",
    resizes: ["clean", "tf1", "torch"],
    spec: (resize) => ({
      name: "inception-v3-2015-12-05",
      title: "Inception-v3 of 2015-12-05",
      input: {
        name: "image",
        layout: "NCHW",
        width: INCEPTION_SIZE,
        height: INCEPTION_SIZE,
        resize,
        ...(resize === "torch" ? PLUS_MINUS_ONE : AROUND_128),
      },
      features: { name: "features", dimension: INCEPTION_FEATURES },
      logits: { name: "logits", dimension: INCEPTION_CLASSES },
    }),
  },
  "i3d-kinetics400": i3d(
    "i3d-kinetics400",
    "I3D of Kinetics-400 (DeepMind's rgb_scratch), the encoder of FVD",
    "FVD",
    (checkpoint) => buildI3d(checkpoint),
  ),
  // The same weights as some ports run them; their numbers are not FVD's.
  "i3d-kinetics400-eps1e-5": i3d(
    "i3d-kinetics400-eps1e-5",
    "I3D of Kinetics-400 with batch norms of epsilon 1e-5, as some PyTorch ports have it",
    "FVD-eps1e-5",
    (checkpoint) => buildI3d(checkpoint, 1e-5),
  ),
};

function i3d(
  name: string,
  title: string,
  distanceLabel: string,
  build: StandardEncoder["build"],
): StandardEncoder {
  return {
    name,
    title,
    kind: "video",
    published: [
      {
        url: "https://github.com/songweige/TATS/raw/main/tats/fvd/i3d_pretrained_400.pt",
        gitBlob: "a867b87ac3a9097d200598b1d48a1b890d8ec744",
      },
      {
        url: "https://www.dropbox.com/s/ge9e5ujwgetktms/i3d_torchscript.pt?dl=1",
        bytes: 51_235_320,
        sha256: "bec6519f66ea534e953026b4ae2c65553c17bf105611c746d904657e5860a5e2",
      },
    ],
    tensors: i3dTensors,
    build,
    distanceLabel,
    resizes: ["torch", "clean", "tf1"],
    spec: (resize) => ({
      name,
      title,
      input: { name: "clip", layout: "NCTHW", width: I3D_SIZE, height: I3D_SIZE, resize, ...PLUS_MINUS_ONE },
      features: { name: "features", dimension: I3D_CLASSES },
    }),
  };
}

/** Whether bytes are the published file, by every proof that is given for it. */
export function isPublished(bytes: Uint8Array, file: PublishedFile): boolean {
  if (file.bytes !== undefined && file.bytes !== bytes.length) return false;
  if (file.sha256 !== undefined && file.sha256 !== sha256(bytes)) return false;
  if (file.gitBlob !== undefined) {
    const blob = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
    if (blob !== file.gitBlob) return false;
  }
  return file.sha256 !== undefined || file.gitBlob !== undefined;
}

/** An ONNX model made from a checkpoint. */
export interface BuiltEncoder {
  onnx: Uint8Array;
  /** sha256 (hex) of the checkpoint. */
  checkpoint: string;
  /** Whether the checkpoint is a published one. */
  verified: boolean;
}

/** Tensors that some savings of the same network carry along and inference never reads. */
const IGNORED = (name: string) => name.endsWith("num_batches_tracked");

/**
 * Checks a checkpoint and builds the encoder's ONNX model from it. The hash is checked before anything is parsed.
 * @param unverified accept another hash, as long as the tensors are this network's
 * @throws FileError naming the file: not the published one, truncated, another network
 */
export async function buildEncoder(
  encoder: StandardEncoder,
  bytes: Uint8Array,
  path: string,
  { unverified = false }: { unverified?: boolean } = {},
): Promise<BuiltEncoder> {
  // The other published I3D has these very tensors' names and shapes, so that only its name and its hash tell it.
  if (encoder.kind === "video" && /rgb_imagenet[^/\\]*$/i.test(path)) {
    throw new FileError(
      path,
      `is named for DeepMind's rgb_imagenet weights. ${encoder.distanceLabel} is defined on rgb_scratch: the shapes are the same, the distances are not.`,
    );
  }
  const verified = encoder.published.some((file) => isPublished(bytes, file));
  const checkpoint = sha256(bytes);
  if (!verified && !unverified) {
    throw new FileError(
      path,
      `has ${bytes.length} bytes and sha256 ${checkpoint}, which is no published checkpoint of ${encoder.name} (${whatWasExpected(encoder)}). ${hint(encoder)}`,
    );
  }
  const tensors = await readCheckpoint(bytes, path);
  requireTensors(tensors, encoder.tensors(), path, IGNORED);
  return { onnx: encoder.build(tensors), checkpoint, verified };
}

function whatWasExpected({ published }: StandardEncoder): string {
  return published
    .map((file) =>
      [
        file.bytes && `${file.bytes} bytes`,
        file.sha256 && `sha256 ${file.sha256}`,
        file.gitBlob && `git blob ${file.gitBlob}`,
      ]
        .filter(Boolean)
        .join(", "),
    )
    .join("; or ");
}

const hint = ({ kind }: StandardEncoder) =>
  kind === "video"
    ? "The rgb_imagenet weights have the same shapes but give other distances."
    : "It may be truncated: delete it and download it again.";
