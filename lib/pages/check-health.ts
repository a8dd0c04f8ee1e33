import { isDiskLow } from "@/lib/artifacts/disk-space";
import { checkSchema } from "@/lib/db/check-schema";
import { db, type Tx } from "@/lib/db/client";
import { schemaProblem } from "@/lib/db/compare-migrations";
import { env } from "@/lib/env";
import { checkInstallation } from "@/lib/installation/check-installation";
import { secretProblem } from "@/lib/secrets/secret";

/**
 * Why a site cannot serve, or serves less than it might (degraded). The status is public and a fixed word; the reason is for the
 * operator's log, and public where the site is merely degraded.
 */
export interface HealthProblem {
  status:
    | "database_unreachable"
    | "database_version"
    | "secret_damaged"
    | "other_secret"
    | "other_artifacts"
    | "degraded";
  reason: unknown;
}

/** What keeps this site from serving, or null. Never throws. */
export async function checkHealth(tx: Tx = db()): Promise<HealthProblem | null> {
  const secret = await secretProblem(env());
  if (secret !== null) return { status: "secret_damaged", reason: secret };
  try {
    return (await checkDatabaseVersion(tx)) ?? (await checkBelongings(tx)) ?? (await checkDisk());
  } catch (reason) {
    return { status: "database_unreachable", reason };
  }
}

/** A newer Salon may migrate the database while this one runs. */
async function checkDatabaseVersion(tx: Tx): Promise<HealthProblem | null> {
  const reason = schemaProblem(await checkSchema(tx));
  return reason === null ? null : { status: "database_version", reason };
}

/** A disk may be unmounted, or another mounted in its place, while this site runs. */
async function checkBelongings(tx: Tx): Promise<HealthProblem | null> {
  const problem = await checkInstallation(tx);
  return problem && { status: `other_${problem.kind}`, reason: problem.reason };
}

async function checkDisk(): Promise<HealthProblem | null> {
  if (!(await isDiskLow())) return null;
  const reason =
    "The disk is nearly full: nothing is taken in, and nothing generated, until there is room again.";
  return { status: "degraded", reason };
}
