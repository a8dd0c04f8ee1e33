import { setTimeout as wait } from "node:timers/promises";
import { measureStorage } from "@/lib/administration/measure-storage";
import { collectArtifacts, filesWithoutRow, STORE_FOLDERS } from "@/lib/artifacts/collect-artifacts";
import type { Db } from "@/lib/db/client";

/** Until somebody who keeps artifacts is done. */
const AGAIN_AFTER_MS = 500;

/**
 * Collect, in all folders of the store and at once, what workers otherwise collect in turn (collect-artifacts.ts), and measure the
 * disk anew. Safe to be killed: the next time goes on.
 * @throws the signal's reason when aborted
 */
export async function collectAll(db: Db, signal: AbortSignal): Promise<void> {
  for (let part = 0; part < STORE_FOLDERS;) {
    signal.throwIfAborted();
    // What no row needs goes with the first folder, whichever it lies in; of the others those alone that hold a file without a row.
    if (part > 0 && (await filesWithoutRow(part, db)).length === 0) {
      part++;
      continue;
    }
    const found = await collectArtifacts(db, part);
    if (found === null) await wait(AGAIN_AFTER_MS, undefined, { signal });
    else if (!found.isMore) part++;
  }
  await measureStorage(db, signal);
}
