/**
 * What a board's refit costs on a big log: measuring the clusters of voters and prompts from the database, and a refit
 * that finds them measured. Writes the log into an embedded PostgreSQL of its own.
 *
 *   npx tsx tests/bench/ratings/clusters.ts [votes = 1000000]
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { createDb } from "@/lib/db/client";
import { startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { applyMigrations } from "@/lib/db/migrate";
import { installQueue } from "@/lib/queue/install";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { printTable } from "./simulate";

const VOTES = Number(process.argv[2] ?? 1e6);
const MODELS = 60;
const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
chmodSync(folder, 0o755);
const server = await startEmbeddedPostgres({
  dataDir: path.join(folder, "postgres"),
  port: 54_339,
  database: "salon",
  flags: ["-c", "fsync=off", "-c", "shared_buffers=256MB"],
});
const url = server.url("salon");
await applyMigrations(url);
await installQueue(url);
const db = createDb(url);
try {
  await writeLog();
  const rows: (string | number)[][] = [];
  for (const what of ["first refit: the log is measured", "again: measured already"]) {
    await db.pairCount.updateMany({
      where: { modelA: "m0", modelB: "m1" },
      data: { ties: { increment: 1 } },
    });
    const before = [performance.now() / 1000, ownSeconds(), databaseSeconds()];
    await refitRatings("board", db);
    const after = [performance.now() / 1000, ownSeconds(), databaseSeconds()];
    rows.push([what, ...after.map((seconds, k) => (seconds - before[k]).toFixed(2))]);
  }
  console.log(`${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}`);
  console.log(`${VOTES} votes of ${MODELS} models, 20,000 voters, 20,000 prompts in 5 categories`);
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`);
  printTable(["refit", "seconds", "own CPU seconds", "database CPU seconds"], rows);
} finally {
  await db.$disconnect();
  await server.stop();
  rmSync(folder, { recursive: true });
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Processor time of the server's backends so far (Linux: clock ticks of 10 ms). */
function databaseSeconds(): number {
  const postmaster = readFileSync(path.join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")[0];
  let ticks = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
      if (fields[1] === postmaster) ticks += Number(fields[11]) + Number(fields[12]);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks / 100;
}

/** A board's log and its counts, by the database itself. */
async function writeLog(): Promise<void> {
  const statements = [
    `insert into prompt_sets (id, slug, name) values ('set', 'set', 'set')`,
    `insert into prompts (id, prompt_set_id, index, text, category, arena)
      select 'p' || k, 'set', k, 'prompt ' || k, 'category ' || k % 5, true from generate_series(1, 20000) k`,
    `insert into boards (id, slug, name, description, modality, prompt_set_id)
      values ('board', 'board', 'Board', '', 'TEXT_TO_IMAGE', 'set')`,
    `insert into models (id, slug, name, creator, modality, listed)
      select 'm' || k, 'm' || k, 'Model ' || k, 'x', 'TEXT_TO_IMAGE', true from generate_series(0, ${MODELS - 1}) k`,
    `insert into voters (id) select 'v' || k from generate_series(1, 20000) k`,
    `create temporary table log as
      select k, 'm' || a as a, 'm' || (a + 1 + floor(random() * ${MODELS - 1}))::int % ${MODELS} as b,
        'v' || (1 + floor(random() * 20000))::int as voter, 'p' || (1 + floor(random() * 20000))::int as prompt,
        (array['LEFT', 'RIGHT', 'TIE', 'BOTH_BAD'])[1 + floor(random() * 4)::int] as outcome
      from (select k, floor(random() * ${MODELS})::int as a from generate_series(1, ${VOTES}) k) drawn`,
    `insert into battles (id, board_id, voter_id, prompt_id, left_model_id, right_model_id, pair_policy)
      select 'b' || k, 'board', voter, prompt, a, b, 'bench' from log`,
    `insert into votes (id, battle_id, board_id, voter_id, left_model_id, right_model_id, outcome)
      select 'v' || k, 'b' || k, 'board', voter, a, b, outcome::vote_outcome from log`,
    `insert into rating_events (vote_id, board_id, left_model_id, right_model_id)
      select 'v' || k, 'board', a, b from log order by k`,
    `insert into pair_counts (board_id, category, model_a, model_b, wins_a, wins_b, ties, both_bad)
      select 'board', p.category, least(a, b), greatest(a, b),
        count(*) filter (where outcome = (case when a < b then 'LEFT' else 'RIGHT' end)),
        count(*) filter (where outcome = (case when a < b then 'RIGHT' else 'LEFT' end)),
        count(*) filter (where outcome = 'TIE'), count(*) filter (where outcome = 'BOTH_BAD')
      from log join prompts p on p.id = prompt group by 2, 3, 4`,
    `analyze`,
  ];
  // One connection: the log is a temporary table.
  await db.$transaction(
    async (tx) => {
      for (const statement of statements) await tx.$executeRawUnsafe(statement);
    },
    { timeout: 3_600_000 },
  );
}
