import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { slugOf } from "@/lib/models/add-model";
import { visitorsComputing } from "@/lib/queue/computing-queue";
import { describeReading, type Reading } from "@/lib/encoders/encoder-spec";
import { enqueue } from "@/lib/queue/enqueue";

/** Of another resize, or another number of frames, than the encoder's own: published statistics are of the tool that made them. */
export interface NewReference extends Reading {
  name: string;
  /** Name of the encoder; its identity is looked up when the set is built. */
  encoder: string;
  kind: "bundled" | "upload" | "path" | "statistics";
  /** File or folder that the builder reads. */
  source: string;
  /** Number of samples behind imported statistics, where it is known. */
  n?: number | null;
  /** The visitor who uploaded it; null: the operator's. */
  ownerId: string | null;
  /** Of the visitor's network address. */
  addressHash?: string | null;
  scoresDistance?: boolean;
  scoresSamples?: boolean;
  /** Who adds it: the operator unless told. */
  by?: Actor;
}

/** The row of a set that is still to be built. */
export async function newReferenceSet(wanted: NewReference, tx: Tx): Promise<string> {
  const { encoder, resize, frames, by = "operator", ...facts } = wanted;
  const id = newId("reference");
  // Until it is built it is known by the encoder's name, and by how it is to read alone.
  await tx.referenceSet.create({
    data: {
      ...facts,
      id,
      slug: slugOf(wanted.name),
      encoderId: encoder,
      preprocessing: describeReading({ resize, frames }),
      dimension: 0,
      state: "BUILDING",
    },
  });
  await recordChange(tx, {
    by,
    action: "references.add",
    subject: { kind: "reference set", id, label: wanted.name },
    before: null,
    after: { kind: wanted.kind, encoder, resize, frames },
  });
  return id;
}

/** Every job of one key coalesces; one owner's sets are built one after the other, so that they leave room for others' work. */
export async function enqueueBuild(referenceSetId: string, tx: Tx): Promise<void> {
  const set = await tx.referenceSet.findUniqueOrThrow({ where: { id: referenceSetId } });
  const queue = visitorsComputing(set) ?? "references";
  await enqueue(
    "build-reference",
    { referenceSetId },
    { key: `${referenceSetId}:build`, queue, priority: 5 },
    tx,
  );
}

/**
 * Add a reference set and have the worker build it: its row and its job, both or neither.
 * @returns its id
 */
export function addReference(wanted: NewReference, tx?: Tx): Promise<string> {
  return atomically(tx, async (tx) => {
    const id = await newReferenceSet(wanted, tx);
    await enqueueBuild(id, tx);
    return id;
  });
}
