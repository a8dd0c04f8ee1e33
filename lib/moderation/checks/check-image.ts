import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { readBlockedList } from "@/lib/moderation/checks/blocked-list";
import { findBlocked } from "@/lib/moderation/checks/blocked-words";
import { CheckFailed, type Check, type Checked } from "@/lib/moderation/checks/check";
import { outsideCheck } from "@/lib/moderation/checks/outside-check";
import type { NewState } from "@/lib/moderation/inherited-state";

export type Tools = { client: GuardedClient; signal?: AbortSignal };

/** Whether any check is set up here: without one, nothing waits. */
export async function hasChecks(tx: Tx): Promise<boolean> {
  return env().MODERATION_CHECK_URL !== undefined || (await readBlockedList(tx)).length > 0;
}

/** The site's checks, in the order in which they are asked: the one that costs nothing first. */
export async function readChecks(tools: Tools, tx: Tx): Promise<Check[]> {
  const list = await readBlockedList(tx);
  const outside = outsideCheck(tools);
  const words: Check = ({ prompt }) =>
    findBlocked(prompt, list) === null ? null : { state: "HELD", stateReason: "blocked_words" };
  return [words, ...(outside === null ? [] : [outside])];
}

/**
 * How an image may be shown, by the first check that has something against it; null: by none.
 * @throws CheckFailed
 */
export async function askChecks(checks: readonly Check[], checked: Checked): Promise<NewState | null> {
  for (const check of checks) {
    const found = await check(checked);
    if (found !== null) return found;
  }
  return null;
}

/** The same for an image that somebody waits for: one that a check cannot speak of is held. */
export async function checkNow(checked: Checked, tools: Tools, tx: Tx): Promise<NewState | null> {
  try {
    return await askChecks(await readChecks(tools, tx), checked);
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    return { state: "HELD", stateReason: "check_failed" };
  }
}
