import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { claimEdit, readRevision, type Edited } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { findBlocked, LIST_LIMITS } from "@/lib/moderation/checks/blocked-words";
import type { BlockedWordsView } from "@/lib/schemas/moderation";

const KEY = "blockedWords";
const LIST: Edited = { kind: "site", id: "blocked words" };

/** The words that the site's prompts may not have; empty unless it was set. */
export async function readBlockedList(tx: Tx = db()): Promise<string[]> {
  const row = await tx.setting.findUnique({ where: { key: KEY } });
  const value = row?.value;
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

/** The same for who may change it. */
export async function readBlockedWords(tx: Tx = db()): Promise<BlockedWordsView> {
  // First: a revision older than the words asks once more than needed, a newer one would overwrite them.
  const revision = await readRevision(LIST, tx);
  return { words: await readBlockedList(tx), revision };
}

/**
 * Set the whole list; an empty one blocks nothing. Holds for what is asked for and uploaded from then on.
 * @throws SalonError "invalid_request" for more entries than a list has, or a longer one; "conflict" when somebody else set it since
 *   `by` had read it
 */
export function setBlockedList(ask: { list: readonly string[]; by: Actor }, tx?: Tx): Promise<string[]> {
  const list = [...new Set(ask.list.map((entry) => entry.trim()).filter(Boolean))];
  if (list.length > LIST_LIMITS.entries || list.some((entry) => entry.length > LIST_LIMITS.letters)) {
    throw new SalonError(
      "invalid_request",
      `A list has at most ${LIST_LIMITS.entries} entries of at most ${LIST_LIMITS.letters} letters.`,
      { field: "words" },
    );
  }
  const voterId = typeof ask.by === "string" ? null : ask.by.voterId;
  return atomically(tx, async (tx) => {
    await claimEdit({ thing: LIST, by: ask.by }, tx);
    const before = await readBlockedList(tx);
    const update = { value: list, voterId, updatedAt: new Date() };
    await tx.setting.upsert({ where: { key: KEY }, create: { key: KEY, ...update }, update });
    await recordChange(tx, {
      by: ask.by,
      action: "settings.change",
      subject: { kind: "site", id: "settings", label: "blocked words" },
      before: { blockedWords: before },
      after: { blockedWords: list },
    });
    return list;
  });
}

/**
 * Refuse a prompt that somebody types, before anything is drawn for it.
 * @throws SalonError "invalid_request"
 */
export async function refuseBlockedPrompt(prompt: string, tx: Tx): Promise<void> {
  if (findBlocked(prompt, await readBlockedList(tx)) === null) return;
  throw new SalonError(
    "invalid_request",
    "This site draws nothing for some words of this prompt. Change it.",
    {
      field: "prompt",
    },
  );
}
