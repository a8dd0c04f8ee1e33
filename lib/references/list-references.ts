import path from "node:path";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { controls, type Visitor } from "@/lib/models/visibility";
import {
  BUNDLED_ENCODER,
  BUNDLED_VIDEO_ENCODER,
  encoderOf,
  encodersDir,
} from "@/lib/references/encoders-in-use";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { hasCard } from "@/lib/encoders/model-card";
import { installedNames } from "@/lib/encoders/install-encoder";
import { isVideoEncoder } from "@/lib/encoders/open-video-encoder";
import type { ReferenceList, ReferenceSetView } from "@/lib/schemas/examination";

type Row = Omit<
  ReferenceSetView,
  "encoder" | "samples" | "isEncoderHere" | "manifest" | "own" | "submittedBy" | "createdAt" | "examples"
> & {
  encoderId: string;
  manifestSha256: string | null;
  ownerId: string | null;
  createdAt: Date;
};

/** Images or videos shown of a set. */
const EXAMPLES = 6;

/** All reference sets, those that runs are scored with first, then the newest. */
export async function listReferences(by: Visitor, tx: Tx = db()): Promise<ReferenceList> {
  const rows = await readRows(null, tx);
  const encoders = await encodersHere();
  const ofVideos = await Promise.all(encoders.map((name) => readsVideos(name)));
  return {
    references: await Promise.all(rows.map((row) => viewOf(row, by))),
    uploadMegabytes: env().REFERENCE_UPLOAD_MB,
    encoders,
    videoEncoders: encoders.filter((_, i) => ofVideos[i]),
  };
}

/** @throws SalonError not_found */
export async function readReference(
  ask: { referenceId: string } & Visitor,
  tx: Tx = db(),
): Promise<ReferenceSetView> {
  const [row] = await readRows(ask.referenceId, tx);
  if (!row) throw new SalonError("not_found", "There is no such reference set.");
  return viewOf(row, ask);
}

/** Without the statistics, which are megabytes. */
function readRows(id: string | null, tx: Tx): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select r.id, r.slug, r.name, r.kind, r.state::text as state, r.failure_reason as "failedFor", r.total, r.n, r.dimension,
      r.encoder_id as "encoderId", r.preprocessing, r.manifest_sha256 as "manifestSha256", r.resolutions, r.formats,
      r.videos, r.scores_distance as "scoresDistance",
      r.scores_samples as "scoresSamples", r.owner_id as "ownerId", r.created_at as "createdAt",
      (select count(*)::int from reference_images p where p.reference_set_id = r.id) as done,
      coalesce((select revision from edits where kind = 'reference set' and subject_id = r.id), 1) as revision
    from reference_sets r
    where ${id}::text is null or r.id = ${id}
    order by (r.scores_distance or r.scores_samples) desc, r.created_at desc, r.id desc`;
}

async function viewOf(row: Row, by: Visitor): Promise<ReferenceSetView> {
  const { encoderId, manifestSha256, ownerId, createdAt, ...facts } = row;
  const own = controls(ownerId, by);
  // What a visitor uploaded is nobody else's to see; its numbers are.
  const count = facts.state === "READY" && (ownerId === null || own) ? Math.min(EXAMPLES, facts.done) : 0;
  return {
    ...facts,
    encoder: encoderId,
    samples: facts.videos !== null || (await readsVideos(encoderId.split("@")[0])) ? "videos" : "images",
    isEncoderHere: facts.state !== "READY" || (await encoderOf(row)) !== null,
    manifest: manifestSha256,
    own,
    submittedBy: ownerId === null ? "operator" : "visitor",
    createdAt: createdAt.toISOString(),
    examples: Array.from(
      { length: count },
      (_, i) => `/media/references/${facts.id}/${Math.floor((i * facts.done) / count)}`,
    ),
  };
}

/** Names of the encoders that are installed here, bundled ones first. */
export async function encodersHere(): Promise<string[]> {
  const installed = await installedNames(encodersDir());
  const ofVideos = (await hasCard(path.join(BUNDLED_WEIGHTS, BUNDLED_VIDEO_ENCODER)))
    ? [BUNDLED_VIDEO_ENCODER]
    : [];
  return [BUNDLED_ENCODER, ...ofVideos, ...installed.sort()];
}

/** A card that was spoiled by hand concerns its encoder only. */
const readsVideos = (name: string) => isVideoEncoder(name, encodersDir()).catch(() => false);
