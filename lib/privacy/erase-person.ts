import { rm } from "node:fs/promises";
import { requireAnotherOwner } from "@/lib/accounts/manager";
import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { db, inTransaction, type Db, type Tx } from "@/lib/db/client";
import { buryVoters } from "@/lib/privacy/bury-voters";
import { deletePrivateThings } from "@/lib/privacy/delete-private-things";
import { eraseAccount } from "@/lib/privacy/erase-account";
import { eraseOwnPrompts } from "@/lib/privacy/erase-prompts";
import type { Listed, Outcome } from "@/lib/privacy/erasure";
import { findPerson, subjectOf, type Person, type PersonName } from "@/lib/privacy/find-person";
import { giveUpBoards } from "@/lib/privacy/give-up-boards";
import { giveUpJudges } from "@/lib/privacy/give-up-judges";
import { giveUpModels } from "@/lib/privacy/give-up-models";
import { giveUpPromptSets } from "@/lib/privacy/give-up-prompt-sets";
import { giveUpReferences } from "@/lib/privacy/give-up-references";

/** Somebody with thousands of votes and samples, on a slow disk. */
const TIMEOUT_MS = 300_000;

/** What an erasure came to. */
export interface Erased {
  /** Votes that stay, of nobody. */
  votes: number;
  things: Record<"models" | "boards" | "promptSets" | "references" | "judges", Outcome>;
}

/**
 * Erase somebody: account, sessions, tokens, prompts that they wrote in the arena and the images drawn for them, and what they brought
 * that others may not see; of what others may see, what they choose. Their votes stay under ids that lead to nobody, so that every
 * stored snapshot verifies. All of it happens, or none; bytes are deleted soon after, by the collection of artifacts.
 * @param ask.listed what becomes of what others may see
 * @throws SalonError not_found; conflict for the only owner of a site
 */
export async function erasePerson(
  ask: { person: PersonName; by: Actor; listed: Listed },
  client: Db = db(),
): Promise<Erased> {
  const { files, ...erased } = await inTransaction((tx) => erase(ask, tx), client, TIMEOUT_MS);
  for (const file of files) await rm(file, { force: true });
  return erased;
}

async function erase(
  { person: name, by, listed }: { person: PersonName; by: Actor; listed: Listed },
  tx: Tx,
): Promise<Erased & { files: string[] }> {
  const person = await lockPerson(name, tx);
  const { user, voterIds } = person;
  const erasure = { person, by, listed };
  await deletePrivateThings(erasure, tx);
  const models = await giveUpModels(erasure, tx);
  const { ids: removedBoards, ...boards } = await giveUpBoards(erasure, tx);
  const promptSets = await giveUpPromptSets({ ...erasure, removedBoards }, tx);
  const judges = await giveUpJudges(erasure, tx);
  const { files, ...references } = await giveUpReferences(erasure, tx);
  await eraseOwnPrompts(voterIds, tx);
  await forgetEdits(person, tx);
  if (user !== null) await eraseAccount(user, tx);
  const votes = await tx.vote.count({ where: { voterId: { in: voterIds } } });
  await buryVoters(voterIds, tx);
  await recordChange(tx, {
    by,
    action: "privacy.erase",
    subject: subjectOf(person),
    before: { isErased: false },
    after: { isErased: true, listed, votes },
  });
  return { votes, things: { models, boards, promptSets, references, judges }, files };
}

/** Who edited something last is told to who edits it next. Whose token it was is not known any more once the tokens are gone. */
async function forgetEdits({ user, voterIds }: Person, tx: Tx): Promise<void> {
  const actorId = { in: user === null ? voterIds : [user.id, ...voterIds] };
  await tx.edit.updateMany({ where: { actorId }, data: { actor: null, actorId: null } });
}

/**
 * Whoever signs in meanwhile waits, as does what would move another visitor's work to the account.
 * @throws SalonError conflict for the only owner
 */
async function lockPerson(name: PersonName, tx: Tx): Promise<Person> {
  const { user } = await findPerson(name, tx);
  if (user !== null) {
    await requireAnotherOwner(user.id, tx);
    await tx.$queryRaw`select 1 from users where id = ${user.id} for update`;
  }
  const person = await findPerson(name, tx);
  await tx.$queryRaw`select 1 from voters where id = any (${person.voterIds}) order by id for update`;
  return person;
}
