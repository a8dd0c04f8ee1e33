import { QUOTA_KEYS, type QuotaSettings } from "@/lib/access/quotas";
import type { Tx } from "@/lib/db/client";

/** The one row of settings that holds all quotas that were set. */
export const QUOTAS_SETTING = "quotas";

/** The quotas that were set on the site itself. */
export async function readQuotas(tx: Tx): Promise<QuotaSettings> {
  const row = await tx.setting.findUnique({ where: { key: QUOTAS_SETTING } });
  return keptQuotas(row?.value);
}

/** The quotas that were set on the site itself, of the value of their row. What another version wrote and is none counts as not set. */
export function keptQuotas(value: unknown): QuotaSettings {
  if (typeof value !== "object" || value === null) return {};
  const row = value as Record<string, unknown>;
  return Object.fromEntries(
    QUOTA_KEYS.map((key) => [key, row[key]] as const).filter(
      ([, bound]) => bound === null || (typeof bound === "number" && bound >= 0),
    ),
  );
}
