import type { Logger } from "pino";
import { eraseAddressHashes } from "@/lib/votes/erase-address-hashes";
import { forgetSignIns } from "@/lib/accounts/forget-sign-ins";
import { enqueue } from "@/lib/queue/enqueue";
import { requestAnalyses } from "@/lib/queue/requests/request-analysis";
import { requestWholeVoteChecks } from "@/lib/queue/requests/request-vote-check";
import { thinBattles } from "@/lib/battles/thin-battles";
import { collectArtifacts, STORE_FOLDERS } from "@/lib/artifacts/collect-artifacts";
import { inTransaction, type Db } from "@/lib/db/client";
import { foldDataChanges } from "@/lib/db/data-version";
import { enqueueUnexamined } from "@/lib/diagnostics/request-missing-diagnostics";
import { forgetAddresses } from "@/lib/models/forget-addresses";
import { forgetProbes } from "@/lib/models/probe/keep-probe";
import { forgetUses } from "@/lib/quotas/forget-uses";
import { startChecks } from "@/lib/runs/drift/start-checks";
import { requeueStalledRuns } from "@/lib/runs/requeue-stalled-runs";
import { requeueStalledJudging } from "@/lib/judges/requeue-stalled-judging";
import { requeueStalledUploads, sweepUploads } from "@/lib/samples/sweep-uploads";
import { thinSnapshots } from "@/lib/snapshots/thin-snapshots";
import { requeueStalledDeliveries, thinDeliveries } from "@/lib/webhooks/sweep-deliveries";
import { collectQueues } from "@/workers/sweeps/collect-queues";
import { unlockDeadWorkers } from "@/workers/sweeps/unlock-dead-workers";

const EVERY_MS = 5_000;
/** Between two looks for artifacts that nothing refers to. */
const OFTEN_MS = 300_000;
/** What piles up slowly is looked after now and then. */
const RARELY_MS = 3_600_000;

/** Put right, now and every few seconds, what a killed process left behind. Any number of workers may sweep. */
export function startSweeps(db: Db, log: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let thinned = 0;
  let collected = 0;
  let part = Math.floor(Math.random() * STORE_FOLDERS);
  let timer: NodeJS.Timeout | undefined;
  const sweep = async () => {
    try {
      const dead = await unlockDeadWorkers(db);
      if (dead.length > 0) log.warn({ workers: dead }, "gave back the jobs of workers that are gone");
      const stalled = await requeueStalledRuns(db);
      await enqueueUnexamined(db);
      await requeueStalledJudging(db);
      const unread = await requeueStalledUploads(db);
      if (unread > 0) log.warn({ uploads: unread }, "queued uploads of samples again that had no job left");
      if (stalled.length > 0) log.warn({ runs: stalled }, "queued runs again that had no job left");
      const unsent = await requeueStalledDeliveries(db, Date.now());
      if (unsent > 0)
        log.warn({ deliveries: unsent }, "queued webhook deliveries again that had no job left");
      if (Date.now() - thinned >= RARELY_MS) {
        const snapshots = await thinSnapshots(db, Date.now());
        if (snapshots > 0) log.info({ snapshots }, "thinned old rating snapshots");
        const unvoted = await thinBattles(db, Date.now());
        if (unvoted.battles + unvoted.voters > 0) log.info(unvoted, "removed battles without a vote");
        const erased = await eraseAddressHashes(db, Date.now());
        if (erased > 0) log.info({ rows: erased }, "erased old hashes of addresses");
        await forgetAddresses(Date.now(), db);
        await forgetUses(Date.now(), db);
        await forgetSignIns(Date.now(), db);
        await forgetProbes(Date.now(), db);
        await startChecks(db, Date.now());
        const uploads = await sweepUploads(db, Date.now());
        if (uploads > 0) log.info({ uploads }, "ended uploads of samples that nobody finished");
        const delivered = await thinDeliveries(db, Date.now());
        if (delivered > 0) log.info({ deliveries: delivered }, "removed old webhook deliveries");
        await collectQueues(db);
        await foldDataChanges(db);
        await inTransaction((tx) => requestWholeVoteChecks(tx), db);
        await inTransaction((tx) => requestAnalyses(tx), db);
        await enqueue("measure-storage", {}, { key: "measure-storage" }, db);
        thinned = Date.now();
      }
      if (Date.now() - collected >= OFTEN_MS) {
        const found = await collectArtifacts(db, part);
        if (found && found.artifacts + found.files > 0) log.info(found, "collected artifacts nobody needs");
        // Somebody was keeping one, or there is more: again at the next sweep.
        if (found && !found.isMore) [collected, part] = [Date.now(), (part + 1) % STORE_FOLDERS];
      }
    } catch (error) {
      if (!stopped) log.error(error, "sweep failed");
    }
    if (!stopped) timer = setTimeout(() => (running = sweep()), EVERY_MS);
  };
  let running = sweep();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
