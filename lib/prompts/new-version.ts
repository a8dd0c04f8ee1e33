import { recordChange } from "@/lib/audit/record-change";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { comparePrompts } from "@/lib/prompts/compare-prompts";
import { findPromptSet, lockPromptSet } from "@/lib/prompts/find-prompt-set";
import { freeSetSlug, requireRoomForSet } from "@/lib/prompts/set-room";
import { preparePrompts } from "@/lib/prompts/prepare-prompts";
import { storePrompts } from "@/lib/prompts/store-prompts";
import {
  holderOf,
  IMPORT_TIMEOUT_MS,
  requireReadable,
  result,
  type ImportAsk,
} from "@/lib/prompts/import-prompts";
import { bytesOf } from "@/lib/prompts/unpack-prompt-files";
import { useQuota } from "@/lib/quotas/use-quota";
import type { PromptImport } from "@/lib/schemas/prompt-sets";

/**
 * Make the next version of a set from a file that holds all of it: prompts that the file leaves out are not in it. Prompts that did not
 * change keep their content hash, so that samples of them serve the new version too, and their place in or out of the arena. A file that
 * changes nothing makes no version.
 * @returns what changed; the slug is the new version's, or the old one's where nothing changed
 * @throws SalonError as importPrompts; conflict where a version follows this one already, or it is archived
 */
export async function newVersion(ask: ImportAsk & { slug: string }, tx?: Tx): Promise<PromptImport> {
  const { slug, by } = ask;
  await requireDiskSpace();
  const before = await findPromptSet({ slug, by }, tx);
  const prepared = await preparePrompts({ ...ask, set: before.id }, tx);
  requireReadable(prepared, ask.skipErrors);
  const holder = await holderOf(ask);
  return atomically(
    tx,
    async (tx) => {
      await useQuota({ quota: "uploads", amount: bytesOf(ask.unpacked) / 2 ** 20, by: holder }, tx);
      const previous = await lockPromptSet({ slug, by }, tx);
      await claimEdit({ thing: { kind: "prompt set", id: previous.id }, by }, tx);
      const next = await tx.promptSet.findUnique({ where: { previousId: previous.id } });
      if (next !== null) {
        throw new SalonError(
          "conflict",
          `Version ${next.version} follows this one already: it is ${next.slug}.`,
        );
      }
      if (previous.archivedAt !== null) {
        throw new SalonError("conflict", "This set is archived, so no version of it is made.");
      }
      const {
        states,
        fresh: _,
        clash: __,
        ...change
      } = await comparePrompts(previous.id, prepared.prompts, tx);
      const count = prepared.prompts.length;
      if (change.added + change.changed + change.removed === 0) {
        return result(previous, change, prepared, count);
      }
      await requireRoomForSet({ ...holder, ownerId: previous.ownerId }, count, tx);
      const version = previous.version + 1;
      const base = previous.slug.replace(new RegExp(`-v${previous.version}(-[0-9a-z]{8})?$`), "");
      const set = await tx.promptSet.create({
        data: {
          id: newId("promptSet"),
          slug: await freeSetSlug(`${base}-v${version}`, by, tx),
          name: previous.name,
          version,
          previousId: previous.id,
          ownerId: previous.ownerId,
          addressHash: previous.ownerId === null ? null : holder.addressHash,
          listed: previous.listed,
        },
      });
      await storePrompts({ ...prepared, promptSetId: set.id, arena: ask.arena, states }, tx);
      await recordChange(tx, {
        by,
        action: "prompts.import",
        subject: { kind: "prompt set", id: set.id, label: set.name },
        before: null,
        after: { slug: set.slug, version, follows: previous.id, ...change },
      });
      return result(set, change, prepared, count);
    },
    IMPORT_TIMEOUT_MS,
  );
}
