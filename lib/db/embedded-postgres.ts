import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, escapeIdentifier } from "pg";
import { embeddedUrl } from "@/lib/embedded-password";
import { clearLeftovers } from "@/lib/db/leftover-server";
import { findBinaries, findServerUser, prepareCluster } from "@/lib/db/postgres-cluster";
import { SalonError } from "@/lib/errors";

export type EmbeddedServer = {
  url: (database: string) => string;
  /** Settles when the server has ended, asked or not, with how: "signal SIGKILL". */
  ended: Promise<string>;
  stop: () => Promise<void>;
};

type Options = {
  dataDir: string;
  port: number;
  database: string;
  flags?: string[];
  onLog?: (line: string) => void;
};

/**
 * Start a real PostgreSQL from npm's binaries on a data folder, made on first use, for TCP clients of this machine.
 * @throws SalonError "conflict" when the folder is in use by another live server, "internal" when it does not start
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedServer> {
  const { dataDir, port, database } = options;
  await mkdir(path.dirname(dataDir), { recursive: true });
  const user = await findServerUser();
  if (user !== undefined) {
    await assertReachable(path.dirname(dataDir));
    await assertReachable(path.resolve("node_modules"));
  }
  const binaries = await findBinaries();
  await clearLeftovers(dataDir);
  await prepareCluster(dataDir, binaries, user);
  const server = spawn(binaries.postgres, serverArguments(options), {
    ...user,
    stdio: ["ignore", "pipe", "pipe"],
  });
  logLines(server, options.onLog ?? (() => {}));
  const ended = new Promise<string>((resolve) => {
    server.once("error", (error) => resolve(error.message));
    server.once("exit", (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
  });
  // A process that ends without stopping it leaves nothing behind.
  const leave = () => void server.kill("SIGINT");
  process.once("exit", leave);
  void ended.then(() => process.off("exit", leave));
  const stop = async () => {
    server.kill("SIGINT"); // a fast shutdown: sessions are ended, transactions rolled back
    await ended;
  };
  const url = (name: string) => embeddedUrl(dataDir, port, name);
  try {
    await untilReady(server, dataDir);
    await makeDatabase(url("postgres"), database);
  } catch (error) {
    if (hasEnded(server)) {
      const message = `PostgreSQL did not start on port ${port} (${await ended}); its log is above.`;
      throw new SalonError("internal", message, { cause: error });
    }
    await stop();
    throw error;
  }
  return { url, ended, stop };
}

function serverArguments({ dataDir, port, flags = [] }: Options): string[] {
  return [
    ...["-D", dataDir, "-p", String(port), "-c", "listen_addresses=127.0.0.1"],
    // A socket in a folder that everybody may write to is one that anybody may put there first.
    ...["-c", "unix_socket_directories=", "-c", "max_connections=200", ...flags],
  ];
}

function logLines(server: ChildProcess, log: (line: string) => void): void {
  for (const stream of [server.stdout, server.stderr])
    stream?.on("data", (chunk: Buffer) => log(chunk.toString().trimEnd()));
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/**
 * Wait until the server says in its lock file that it takes connections: it then has the port, and nobody else hears
 * the password.
 */
async function untilReady(server: ChildProcess, dataDir: string): Promise<void> {
  for (;;) {
    const lines = (await readFile(path.join(dataDir, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === "ready") return;
    if (hasEnded(server)) throw new Error("The server ended.");
    await sleep(50);
  }
}

async function makeDatabase(url: string, database: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on("error", () => {}); // the server ended under it: whoever waits for that is told
  try {
    await client.connect();
    const known = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (known.rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  } catch (cause) {
    if ((cause as { code?: string }).code !== "28P01") throw cause;
    const message =
      "The embedded database does not take the password that lies beside it. Delete that file (postgres-password) and start again: a new one is set.";
    throw new SalonError("internal", message, { cause });
  } finally {
    await client.end();
  }
}

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
