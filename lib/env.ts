import { existsSync } from "node:fs";
import { isIPv6 } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { shownVariable } from "@/lib/shown-variable";
import { ACCOUNT_VARIABLES, requireTogether, type SignUpPolicy } from "@/lib/access/account-variables";
import { EMBED_VARIABLES } from "@/lib/access/embed-variables";
import { SECRET_VARIABLES } from "@/lib/access/secret-variables";
import { ACCESS_VARIABLES, onOff } from "@/lib/access/variables";
import { embeddedUrl } from "@/lib/embedded-password";

const port = z.coerce.number().int().min(1).max(65535);
const commaList = z
  .string()
  .default("")
  .transform((list) =>
    list
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  );

/** Everything Salon reads from the environment; the table of docs/configuration.md is made from these descriptions. */
const variables = z.object({
  PORT: port.default(3000).describe("Port of the site."),
  HOST: z
    .string()
    .default("127.0.0.1")
    .describe("Address the site listens on; 0.0.0.0 opens it to other machines."),
  ALLOWED_HOSTS: commaList
    .refine(
      (names) => names.every((name) => /^[\w.-]+$/.test(name)),
      "must be host names without port or path, separated by commas",
    )
    .describe(
      "Names (comma separated) under which browsers reach the site. Its addresses, loopback's names and HOST need no entry; requests under any other name are refused.",
    ),
  GENERATION_PORT: port.default(4100).describe("Port of the bundled generation backend (loopback only)."),
  EMBEDDED_POSTGRES_PORT: port
    .default(54329)
    .describe("Port of the embedded PostgreSQL, unused when DATABASE_URL is set."),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "must look like postgresql://user:password@host:5432/database",
    })
    .optional()
    .describe("A PostgreSQL to use instead of the embedded one."),
  SALON_DATA_DIR: z
    .string()
    .default(".salon")
    .transform((dir) => path.resolve(dir))
    .describe("Where the embedded database, images and secrets live."),
  ...SECRET_VARIABLES,
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe(
      "Jobs that compute (embed, score, fit) one worker process runs at a time; when unset, one a core, but at least 2. Jobs that wait for an endpoint or a judge run beside them.",
    ),
  REQUESTS_PER_SUBMITTER: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(16)
    .describe(
      "Requests at a time that all models of one submitter are sent together, over all workers; the bundled models count as one submitter. A worker has three times as many slots for it. The same on every machine.",
    ),
  OUTBOUND_ALLOW: commaList.describe(
    "Private hosts, addresses or CIDR ranges (comma separated, host[:port]) that the operator's endpoints may have; visitors' endpoints too while only this machine reaches the site. Public addresses need no entry.",
  ),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(8)
    .default(0)
    .describe("How many reverse proxies stand before the site: which X-Forwarded-For entry is the client's."),
  VOTES_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .default(60)
    .describe("Votes a voter may cast in a minute."),
  NEW_VOTERS_PER_HOUR: z.coerce
    .number()
    .int()
    .min(1)
    .default(120)
    .describe(
      "Visitors without a cookie that one address may bring in an hour; its network may bring four times as many.",
    ),
  ADDRESS_HASH_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(30)
    .describe(
      "How many days a keyed hash of the address stays with a battle, a vote and what was submitted, and after how many the key changes.",
    ),
  ABANDONED_BATTLE_DAYS: z.coerce
    .number()
    .int()
    .min(2)
    .max(365)
    .default(7)
    .describe("After how many days battles without a vote, and voters with neither, are removed."),
  MODELS_PER_OWNER: z.coerce
    .number()
    .int()
    .min(1)
    .default(20)
    .describe(
      "Models that one visitor may have here; visitors of one network address may have three times as many together.",
    ),
  RUNNING_RUNS_PER_OWNER: z.coerce
    .number()
    .int()
    .min(1)
    .default(4)
    .describe(
      "Runs of one visitor that may be unfinished at a time; of one network address three times as many.",
    ),
  SAMPLE_GIB_PER_OWNER: z.coerce
    .number()
    .positive()
    .default(4)
    .describe(
      "GiB that the samples of one visitor's models may take up; those of one network address three times as much.",
    ),
  REFERENCE_UPLOAD_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(4096)
    .default(64)
    .describe(
      "Largest reference set, in MiB, that visitors may upload; 0 turns uploads off. The command line takes any size.",
    ),
  SAMPLE_UPLOAD_MB: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_048_576)
    .default(4096)
    .describe(
      "Largest archive of a model's samples, in MiB, that visitors may upload; 0 turns it off. `salon samples import` takes any size.",
    ),
  DISK_FREE_MIN_MB: z.coerce
    .number()
    .min(0)
    .default(1024)
    .describe(
      "With less than so many MiB free on the disk of the data folder, nothing is taken in and jobs that write wait, until there is room again; 0: never.",
    ),
  SEED_BUNDLED_MODELS: onOff
    .default(true)
    .describe("Whether the bundled models are put through their runs at the first start."),
  HIDE_TOYBOX: onOff
    .default(false)
    .describe(
      "Whether the bundled Toybox board is left out of lists, the front page and what is chosen by itself; its pages stay where they are.",
    ),
  PSEUDO_LANGUAGE: onOff
    .default(false)
    .describe("Whether the cookie language=en-XA shows the site in marked English: for tests alone."),
  ...EMBED_VARIABLES,
  SEED_PROMPT_COUNT: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .describe("Over how many prompts the bundled models' first runs go; the whole prompt set when unset."),
  BUNDLED_JUDGE_PROMPTS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(100)
    .describe(
      "Of each published run, the bundled mini judge judges the samples of the first so many prompts; 0: it judges nothing.",
    ),
  JUDGE_SAMPLES_PER_SUBMITTER: z.coerce
    .number()
    .int()
    .min(0)
    .default(500)
    .describe(
      "Of the models of one visitor together, at most so many images a day are shown to each judge that is not the visitor's own; 0: none.",
    ),
  SUBMISSIONS: z
    .enum(["open", "reviewed", "off"])
    .optional()
    .describe(
      "Who may bring models onto the board. open: any visitor; reviewed: the operator approves each model first (salon models approve); off: nobody, and no judges either. When unset, reviewed if the site is open beyond this machine, else open.",
    ),
  ...ACCESS_VARIABLES,
  ...ACCOUNT_VARIABLES,
  SALON_URL: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .optional()
    .describe("The running Salon that `salon submit` and `salon runs wait` speak to, without --server."),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace"])
    .default("info")
    .describe("How much the worker logs."),
});
const schema = variables.superRefine(requireTogether);

export type Env = z.output<typeof schema> & {
  /** DATABASE_URL, or the embedded server's, whose password is read from the data folder: throws before its first start. */
  databaseUrl: string;
  /** The bundled generation backend, as an origin. */
  generationUrl: string;
  /** The site as this machine reaches it, as an origin. */
  siteUrl: string;
  /**
   * Whether others than this machine's own people reach the site. While they do not, its visitors are its operator: OUTBOUND_ALLOW
   * holds for what they submit. A site that is open beyond loopback calls nothing private for its visitors.
   */
  openBeyondLoopback: boolean;
  /** SUBMISSIONS and SALON_SIGN_UP, or what they are when unset. */
  submissions: SubmissionPolicy;
  signUp: SignUpPolicy;
};

export type SubmissionPolicy = "open" | "reviewed" | "off";

/** Salon's own folder, from wherever a command is run. The built site does not know where its source lay: it runs in that folder. */
export function rootFolder(): string {
  const ofSource = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
  return existsSync(path.join(ofSource, "prisma", "migrations")) ? ofSource : process.cwd();
}

/** Behind a proxy a site is open, wherever it listens. */
function isOpenBeyondLoopback({ HOST, TRUSTED_PROXIES }: z.output<typeof schema>): boolean {
  return TRUSTED_PROXIES > 0 || !/^(localhost|127(\.\d+){3}|\[?::1\]?)$/i.test(HOST);
}

function siteUrl({ HOST, PORT }: z.output<typeof schema>): string {
  // A site that listens everywhere listens on loopback too; one that listens on one address, there alone.
  const host = /^(0\.0\.0\.0|\[?::\]?)$/.test(HOST) ? "127.0.0.1" : HOST;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${PORT}`;
}

/**
 * Parse an environment.
 * @throws Error naming every variable that is wrong, one a line.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => (value ?? "") !== ""));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not right:\n${lines.join("\n")}`);
  }
  const values = parsed.data;
  const openBeyondLoopback = isOpenBeyondLoopback(values);
  return {
    ...values,
    get databaseUrl() {
      const dataDir = path.join(values.SALON_DATA_DIR, "postgres");
      return values.DATABASE_URL ?? embeddedUrl(dataDir, values.EMBEDDED_POSTGRES_PORT, "salon");
    },
    generationUrl: `http://127.0.0.1:${values.GENERATION_PORT}`,
    siteUrl: siteUrl(values),
    openBeyondLoopback,
    submissions: values.SUBMISSIONS ?? (openBeyondLoopback ? "reviewed" : "open"),
    signUp: values.SALON_SIGN_UP ?? (openBeyondLoopback ? "invited" : "open"),
  };
}

let cached: Env | undefined;

/** The process's environment, parsed once. */
export function env(): Env {
  return (cached ??= parseEnv(process.env));
}

/** A variable that a command was told to read by its name, such as the one that holds a judge's key; undefined: unset or empty. */
export function namedVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** Names, defaults and meanings of all variables, for `salon doctor` and docs/configuration.md. */
export function describeEnv(): { name: string; fallback: string; meaning: string }[] {
  const defaults = schema.safeParse({}).data as Record<string, unknown>;
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    fallback: name === "SALON_DATA_DIR" ? ".salon" : shownVariable(name, defaults[name]),
    meaning: field.description ?? "",
  }));
}
