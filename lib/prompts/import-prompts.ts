import { recordChange } from "@/lib/audit/record-change";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { PromptSet } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { slugOf } from "@/lib/models/add-model";
import type { Asker } from "@/lib/models/visibility";
import { refuseReserved } from "@/lib/models/require-own-name";
import { comparePrompts } from "@/lib/prompts/compare-prompts";
import { findPromptSet, lockPromptSet, usesOf } from "@/lib/prompts/find-prompt-set";
import { preparePrompts, type Prepared } from "@/lib/prompts/prepare-prompts";
import { freeSetSlug, requireRoomForPrompts, requireRoomForSet } from "@/lib/prompts/set-room";
import { storePrompts, type ArenaShare } from "@/lib/prompts/store-prompts";
import { bytesOf, type Unpacked } from "@/lib/prompts/unpack-prompt-files";
import { useQuota } from "@/lib/quotas/use-quota";
import { visitorHolder, type Holder } from "@/lib/queue/holder";
import { promptProblemPlace, promptProblemText } from "@/lib/schemas/prompt-problems";
import type { PromptImport } from "@/lib/schemas/prompt-sets";

/** Tens of thousands of rows with their indexes. */
export const IMPORT_TIMEOUT_MS = 120_000;

export interface ImportAsk {
  unpacked: Unpacked;
  /** Of prompts whose file says none. */
  category?: string;
  /** Import what can be read, and leave out what cannot. */
  skipErrors: boolean;
  /** Which of the new prompts battles are drawn from. */
  arena: ArenaShare;
  by: Asker;
  /** The visitor's network address; only its keyed hash is kept. */
  address?: string | null;
}

/**
 * Import prompts as a new set, or add them to one that nothing uses yet: all of them or, where the file has errors and `skipErrors` does not
 * leave them out, none. The same file again into the same set adds nothing.
 * @param ask.into slug of a set to add to; of the operator also the slug that a new set is to have
 * @throws SalonError invalid_request naming the first error; conflict when the set is in use, a key is there with another content, or
 *   there is no room; not_found, forbidden, unavailable
 */
export async function importPrompts(
  ask: ImportAsk & { name: string; into?: string; listed: boolean },
  tx?: Tx,
): Promise<PromptImport> {
  const { into, by } = ask;
  await requireDiskSpace();
  const there = into === undefined ? null : await existing(into, by, tx);
  const prepared = await preparePrompts({ ...ask, set: there?.id ?? null }, tx);
  requireReadable(prepared, ask.skipErrors);
  const holder = await holderOf(ask);
  return atomically(
    tx,
    async (tx) => {
      await useQuota({ quota: "uploads", amount: bytesOf(ask.unpacked) / 2 ** 20, by: holder }, tx);
      return there === null ? addSet(ask, prepared, holder, tx) : addTo(there.slug, ask, prepared, tx);
    },
    IMPORT_TIMEOUT_MS,
  );
}

export const holderOf = ({ by, address }: Pick<ImportAsk, "by" | "address">): Promise<Holder> =>
  by === "operator"
    ? Promise.resolve({ ownerId: null, addressHash: null })
    : visitorHolder({ voterId: by.voterId, address });

/** A set to add to; null where the operator's slug is free. */
async function existing(slug: string, by: Asker, tx: Tx = db()): Promise<PromptSet | null> {
  try {
    return await findPromptSet({ slug, by }, tx);
  } catch (error) {
    if (by === "operator" && error instanceof SalonError && error.code === "not_found") return null;
    throw error;
  }
}

/** @throws SalonError invalid_request with the first error and how many there are */
export function requireReadable({ problems, errors, prompts }: Prepared, skipErrors: boolean): void {
  if (errors === 0 || (skipErrors && prompts.length > 0)) return;
  const [first] = problems;
  const place = promptProblemPlace(first);
  const more = errors === 1 ? "" : ` There are ${errors} errors; a preview shows them.`;
  throw new SalonError("invalid_request", `${place && `${place}: `}${promptProblemText(first)}${more}`, {
    field: "file",
  });
}

async function addSet(
  ask: ImportAsk & { name: string; into?: string; listed: boolean },
  prepared: Prepared,
  holder: Holder,
  tx: Tx,
): Promise<PromptImport> {
  const { name, into, by } = ask;
  if (by !== "operator") refuseReserved({ name });
  await requireRoomForSet(holder, prepared.prompts.length, tx);
  const set = await tx.promptSet.create({
    data: {
      id: newId("promptSet"),
      slug: await freeSetSlug(into ?? slugOf(name), by, tx),
      name,
      // What visitors bring is for themselves: nobody has looked at it.
      listed: by === "operator" && ask.listed,
      ...holder,
    },
  });
  await storePrompts({ ...prepared, promptSetId: set.id, arena: ask.arena }, tx);
  const added = prepared.prompts.length;
  const subject = { kind: "prompt set", id: set.id, label: name };
  const after = { slug: set.slug, listed: set.listed, prompts: added };
  await recordChange(tx, { by, action: "prompts.import", subject, before: null, after });
  return result(set, { kept: 0, added, changed: 0, removed: 0 }, prepared, added);
}

async function addTo(slug: string, ask: ImportAsk, prepared: Prepared, tx: Tx): Promise<PromptImport> {
  const set = await lockPromptSet({ slug, by: ask.by }, tx);
  const { fresh, clash, kept } = await comparePrompts(set.id, prepared.prompts, tx);
  if (clash !== null) {
    throw new SalonError(
      "conflict",
      `The set has another prompt under the key ${clash.key}. A new version may change it.`,
      { field: "file" },
    );
  }
  const before = await tx.prompt.count({ where: { promptSetId: set.id } });
  if (fresh.length > 0) {
    const { runs, boards } = await usesOf(set.id, tx);
    if (runs + boards > 0 || set.archivedAt !== null) {
      throw new SalonError(
        "conflict",
        runs + boards > 0
          ? "Runs or boards use this set, so nothing is added to it. Make a new version."
          : "This set is archived, so nothing is added to it.",
      );
    }
    const { prompts: most } = prepared.limits;
    if (before + fresh.length > most) {
      throw new SalonError(
        "too_large",
        `The set would have more than ${most} prompts, the most that one may have.`,
      );
    }
    if (set.ownerId !== null) await requireRoomForPrompts(fresh.length, tx);
    await storePrompts({ ...prepared, prompts: fresh, promptSetId: set.id, arena: ask.arena }, tx);
  }
  await recordChange(tx, {
    by: ask.by,
    action: "prompts.import",
    subject: { kind: "prompt set", id: set.id, label: set.name },
    before: { prompts: before },
    after: { prompts: before + fresh.length },
  });
  return result(set, { kept, added: fresh.length, changed: 0, removed: 0 }, prepared, before + fresh.length);
}

export const result = (
  { slug, version }: Pick<PromptSet, "slug" | "version">,
  change: Pick<PromptImport, "kept" | "added" | "changed" | "removed">,
  { errors }: Prepared,
  prompts: number,
): PromptImport => ({ slug, version, prompts, leftOut: errors, ...change });
