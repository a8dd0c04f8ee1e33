import type { Role } from "@/lib/access/roles";

/** How much somebody may use in a day (UTC) or an hour, by what they are. */

/** What is bounded, in the order of the table. */
export const QUOTAS = {
  runs: { noun: "runs", window: "day" },
  samples: { noun: "samples of runs", window: "day" },
  uploads: { noun: "MiB of uploads", window: "day" },
  judging: { noun: "US dollars of judging", window: "day" },
  prompts: { noun: "prompts of your own to be drawn", window: "day" },
  calls: { noun: "calls of the API", window: "hour" },
} as const satisfies Record<string, { noun: string; window: "day" | "hour" }>;

export type Quota = keyof typeof QUOTAS;
export const QUOTA_NAMES = Object.keys(QUOTAS) as Quota[];

/** Who has a bound of their own; an owner has an admin's. */
export const QUOTA_ROLES = ["visitor", "voter", "submitter", "curator", "admin"] as const;
export type QuotaRole = (typeof QUOTA_ROLES)[number];

/** One bound, such as "visitor.runs". */
export type QuotaKey = `${QuotaRole}.${Quota}`;
export const QUOTA_KEYS = QUOTA_ROLES.flatMap((role) =>
  QUOTA_NAMES.map((quota): QuotaKey => `${role}.${quota}`),
);

/** Bounds that were set; null: none. */
export type QuotaSettings = Partial<Record<QuotaKey, number | null>>;

/** What holds unless something else is set. */
const DEFAULTS: Record<QuotaRole, Record<Quota, number>> = {
  visitor: { runs: 50, samples: 50_000, uploads: 12_288, judging: 10, prompts: 200, calls: 20_000 },
  voter: { runs: 50, samples: 50_000, uploads: 12_288, judging: 10, prompts: 400, calls: 20_000 },
  submitter: { runs: 200, samples: 250_000, uploads: 32_768, judging: 50, prompts: 1_000, calls: 40_000 },
  curator: { runs: 500, samples: 1_000_000, uploads: 131_072, judging: 200, prompts: 2_000, calls: 80_000 },
  admin: {
    runs: 2_000,
    samples: 5_000_000,
    uploads: 524_288,
    judging: 1_000,
    prompts: 10_000,
    calls: 200_000,
  },
};

/** The table of what is usual as docs/access.md has it: a header, then one row a quota. */
export function quotaTable(): string[][] {
  return [
    ["quota", "of", ...QUOTA_ROLES],
    ...QUOTA_NAMES.map((quota) => [
      `\`${quota}\``,
      `${QUOTAS[quota].noun} ${QUOTAS[quota].window === "day" ? "a day" : "an hour"}`,
      ...QUOTA_ROLES.map((role) => DEFAULTS[role][quota].toLocaleString("en")),
    ]),
  ];
}

/** No bound is larger: what is used has room in its column. */
export const LARGEST_QUOTA = 1_000_000_000;

/** All visitors of one network address may together use so many times what one may. */
export const VISITORS_AN_ADDRESS = 3;

export const quotaRole = (role: Role): QuotaRole =>
  role === "OWNER" ? "admin" : (role.toLowerCase() as QuotaRole);

/**
 * How much of something one of a role may use in its window.
 * @param kept what was set on the site itself; it comes before the environment
 * @param environment what the environment says (QUOTAS)
 * @returns null: as much as they like
 */
export function quotaOf(key: QuotaKey, kept: QuotaSettings, environment: QuotaSettings): number | null {
  const [role, quota] = key.split(".") as [QuotaRole, Quota];
  for (const settings of [kept, environment]) if (settings[key] !== undefined) return settings[key];
  return DEFAULTS[role][quota];
}

/**
 * Bounds as a text names them: "visitor.runs=5 submitter.judging=none", parted by spaces or commas.
 * @returns a sentence that says what is wrong, where something is
 */
export function parseQuotas(text: string): QuotaSettings | string {
  const settings: QuotaSettings = {};
  for (const part of text.split(/[\s,]+/).filter(Boolean)) {
    const [key, value, ...rest] = part.split("=");
    if (value === undefined || rest.length > 0) return `${part} is not NAME=NUMBER or NAME=none.`;
    if (!(QUOTA_KEYS as readonly string[]).includes(key)) return `There is no quota ${key}.`;
    const bound = parseQuota(value);
    if (bound === undefined) return `${part}: a quota is none, or a number from 0 to ${LARGEST_QUOTA}.`;
    settings[key as QuotaKey] = bound;
  }
  return settings;
}

/** One bound as people write it; undefined: it is none. */
export function parseQuota(text: string): number | null | undefined {
  if (text === "none") return null;
  const value = text.trim() === "" ? NaN : Number(text);
  return value >= 0 && value <= LARGEST_QUOTA ? value : undefined;
}

/** When the window began, and when the next one does: milliseconds since 1970. */
export function windowOf(quota: Quota, now: number): { since: number; until: number } {
  const length = QUOTAS[quota].window === "day" ? 86_400_000 : 3_600_000;
  const since = Math.floor(now / length) * length;
  return { since, until: since + length };
}

/** What somebody is told who has no more. */
export function quotaText(quota: Quota, of: { limit: number; used: number; wanted: number }): string {
  const { noun, window } = QUOTAS[quota];
  const number = (value: number) => String(Number(value.toFixed(2)));
  const { limit, used, wanted } = of;
  return `That is more than your quota: ${number(limit)} ${noun} ${window === "day" ? "a day" : "an hour"}, of which ${number(used)} ${used === 1 ? "is" : "are"} used and ${number(wanted)} more would be. It begins anew at ${window === "day" ? "midnight UTC" : "the next full hour"}.`;
}
