import path from "node:path";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { encoderIdentity, type EncoderIdentity } from "@/lib/encoders/encoder-identity";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { readingOf, type Reading } from "@/lib/encoders/encoder-spec";
import type { BUNDLED_ENCODERS } from "@/lib/encoders/registry";

/** The folder that `salon encoders install` installs into. */
export const encodersDir = () => path.join(env().SALON_DATA_DIR, "encoders");

/** The encoder that comes with Salon: every run is embedded with it. */
export const BUNDLED_ENCODER = "toybox-encoder" satisfies keyof typeof BUNDLED_ENCODERS;

/** The one of videos: its weights and reference clips come with Salon, and runs are scored with it as with an installed one. */
export const BUNDLED_VIDEO_ENCODER = "toybox-video-encoder" satisfies keyof typeof BUNDLED_ENCODERS;

export interface EncoderInUse extends EncoderIdentity {
  /** How samples are read under it. */
  reading: Reading;
  /** The reference set that a board chose for it; null: the site's, the newest one in use. */
  referenceId: string | null;
}

/** What a run is scored with. */
export interface ScoringPlan {
  kind: SampleKind;
  /** Whether all that the site has works for it: the bundled encoders and grader, and the encoders in use. */
  isSites: boolean;
  encoders: EncoderInUse[];
}

/**
 * What a run is scored with: on a board that takes what the site has, or on none, the encoders in use; and those that the boards
 * have chosen on which its model stands and whose prompts it answers, each against the reference set chosen with it.
 */
export async function scoringPlan(runId: string, tx: Tx): Promise<ScoringPlan> {
  const kind = await kindOfRun(runId, tx);
  const boards = await tx.board.findMany({
    where: {
      promptSet: { runs: { some: { id: runId } } },
      members: { some: { state: "MEMBER", model: { runs: { some: { id: runId } } } } },
    },
    select: { siteDefaults: true, metrics: { include: { reference: true } } },
    orderBy: { id: "asc" },
  });
  const isSites = boards.length === 0 || boards.some(({ siteDefaults }) => siteDefaults);
  const encoders = isSites ? await encodersInUse(kind, tx) : [];
  for (const { reference } of boards.flatMap(({ metrics }) => metrics)) {
    if (reference?.state !== "READY") continue;
    const encoder = await encoderOf(reference);
    if (encoder?.kind !== kind) continue;
    const chosen = { ...encoder, referenceId: reference.id };
    const isThere = encoders.some(({ id, preprocessing, referenceId }) => id === chosen.id && preprocessing === chosen.preprocessing && referenceId === chosen.referenceId); // prettier-ignore
    if (!isThere) encoders.push(chosen);
  }
  return { kind, isSites, encoders };
}

/** What a run's samples are, and with which encoders it is scored. */
export type SampleKind = "image" | "video";

/** @throws when there is no such run */
export async function kindOfRun(runId: string, tx: Tx): Promise<SampleKind> {
  const { model } = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    select: { model: { select: { modality: true } } },
  });
  return model.modality === "TEXT_TO_VIDEO" ? "video" : "image";
}

/**
 * The encoders that runs of a kind are scored with: each that is installed here and has a reference set in use, under exactly
 * those weights and that preprocessing; of images the bundled one before them. In a fixed order.
 */
export async function encodersInUse(kind: SampleKind, tx: Tx): Promise<EncoderInUse[]> {
  const rows = await tx.referenceSet.findMany({
    where: { state: "READY", OR: [{ scoresDistance: true }, { scoresSamples: true }] },
    distinct: ["encoderId", "preprocessing"],
    select: { encoderId: true, preprocessing: true },
    orderBy: [{ encoderId: "asc" }, { preprocessing: "asc" }],
  });
  const found: EncoderInUse[] = [];
  if (kind === "image") {
    found.push({
      ...(await encoderIdentity(BUNDLED_ENCODER, { encodersDir: encodersDir() })),
      reading: {},
      referenceId: null,
    });
  }
  for (const row of rows) {
    const encoder = await encoderOf(row);
    const known = (other: EncoderInUse) => other.id === encoder?.id && other.preprocessing === encoder.preprocessing; // prettier-ignore
    if (encoder?.kind === kind && !found.some(known)) found.push(encoder);
  }
  return found;
}

/** The encoder of a built reference set as it is installed here; null when it is not, or with other weights or preprocessing. */
export async function encoderOf(row: {
  encoderId: string;
  preprocessing: string;
}): Promise<EncoderInUse | null> {
  const name = row.encoderId.split("@")[0];
  const reading = readingOf(row.preprocessing);
  try {
    const identity = await encoderIdentity(name, { encodersDir: encodersDir(), ...reading });
    const isSame = identity.id === row.encoderId && identity.preprocessing === row.preprocessing;
    return isSame && identity.isInstalled ? { ...identity, reading, referenceId: null } : null;
  } catch (error) {
    // A card that was spoiled by hand concerns its encoder only.
    if (error instanceof EncoderError) return null;
    throw error;
  }
}
