import { z } from "zod";

/** Raised when an archive of the new form cannot be read by the code of before. */
export const FORMAT = 1;

const member = z.object({ name: z.string(), bytes: z.number(), sha256: z.string() });
export type Member = z.output<typeof member>;

const table = z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() });
export type DumpedTable = z.output<typeof table>;

/**
 * What an archive says of itself, as its last member but one. Members are, in this order: artifacts/ab/<sha256> and after each
 * folder artifacts/ab.sha256, its list (or left-out/ab.sha256 alone); secret; sealing-keys; tables/<name>/<number>.copy.gz, PostgreSQL's text format; jobs.copy.gz;
 * manifest.json; manifest.sha256.
 */
export const manifest = z.object({
  format: z.number(),
  /** Of package.json. */
  salon: z.string(),
  createdAt: z.iso.datetime(),
  postgres: z.string(),
  /** Of the fits that this Salon computes. */
  methodologies: z.array(z.string()),
  /** The schema's version: every migration applied, with the sha256 of its text. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  /** lib/secrets/fingerprint.ts; null: the database was used with none. */
  secretFingerprint: z.string().nullable(),
  hasSecret: z.boolean(),
  /** Whether it has the data folder's sealing keys; archives from before there were any do not say. */
  hasSealingKeys: z.boolean().default(false),
  tables: z.array(table),
  /** Waiting jobs of the queue. */
  jobs: z.number(),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
  artifacts: z.object({
    count: z.number(),
    bytes: z.number(),
    /** false: only their list. */
    included: z.boolean(),
    /** Not there, or with other bytes, when the backup was made: not included. */
    missing: z.array(z.string()),
    damaged: z.array(z.string()),
  }),
  /** Every member but the artifacts, which are named by their hashes, and the last two. */
  members: z.array(member),
});
export type Manifest = z.output<typeof manifest>;

export const MANIFEST = "manifest.json";
export const MANIFEST_HASH = "manifest.sha256";
export const SECRET = "secret";
export const SEALING_KEYS = "sealing-keys";
export const JOBS = "jobs.copy.gz";
/** The list of one of the artifact store's 256 folders, as `sha256sum -c` reads it; of artifacts that are included, or are not. */
export const listName = (part: string, included: boolean) =>
  `${included ? "artifacts" : "left-out"}/${part}.sha256`;
export const artifactName = (sha256: string) => `artifacts/${sha256.slice(0, 2)}/${sha256}`;
export const chunkName = (table: string, chunk: number) =>
  `tables/${table}/${String(chunk).padStart(6, "0")}.copy.gz`;

/** The sha256 that an artifact's member is named by; null for other members. */
export const artifactOf = (name: string) =>
  /^artifacts\/[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(name)?.[1] ?? null;
/** Whether a member is the list of artifacts that are included. */
export const isList = (name: string) => /^artifacts\/[0-9a-f]{2}\.sha256$/.test(name);
/** The table that a member is a piece of; null for other members. */
export const tableOf = (name: string) => /^tables\/(.+)\/\d+\.copy\.gz$/.exec(name)?.[1] ?? null;
