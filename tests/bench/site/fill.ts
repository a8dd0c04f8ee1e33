/**
 * A database as large as you like, made by SQL in seconds to minutes, to load a site on:
 *
 *   npx tsx tests/bench/site/fill.ts --database postgresql://... [--models 1000] [--samples 1000000] [--votes 100000]
 *
 * The database must be new, and its user a superuser, as the embedded server's is: foreign keys are not checked row by row. It gets
 * the board "bench" with these models, each with one published run, and no image: an address of one answers 404. Every vote names
 * the same Elo before and after.
 */
import { parseArgs } from "node:util";
import postgres from "postgres";
import { createDb } from "@/lib/db/client";
import { applyMigrations } from "@/lib/db/migrate";
import { seed } from "@/lib/installation/seed";
import { installQueue } from "@/lib/queue/install";
import { analyseBoard } from "@/lib/rankings/analyse-board";
import { refitRatings } from "@/lib/rankings/refit-ratings";

const { values: args } = parseArgs({
  options: {
    database: { type: "string" },
    models: { type: "string", default: "1000" },
    samples: { type: "string", default: "1000000" },
    votes: { type: "string", default: "100000" },
  },
});
if (args.database === undefined) throw new Error("Give --database, the address of a new database.");
const url = args.database;
const [models, samples, votes] = [args.models, args.samples, args.votes].map(Number);
const prompts = Math.max(2, Math.round(samples / models));
const voters = Math.max(10, Math.round(votes / 50));

process.env.SEED_BUNDLED_MODELS = "false";
await applyMigrations(url);
await installQueue(url);
const db = createDb(url, { max: 2 });
await seed(db);

const sql = postgres(url, { max: 1, onnotice: () => {} });
const [{ there }] = await sql`select exists (select from boards where slug = 'bench') as there`;
if (there) throw new Error("This database has a board named bench already.");

async function step(what: string, statement: string): Promise<void> {
  const start = performance.now();
  await sql.unsafe(statement);
  console.log(`${what.padEnd(48)} ${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s`);
}

/** SQL: the id of the noun with this prefix and number. */
const id = (prefix: string, number: string) => `'${prefix}_' || lpad((${number})::text, 21, '0')`;
/** SQL: a whole number in [0, below) that looks drawn and is the same again. */
const drawn = (seed: string, below: number) => `(abs(hashtextextended(${seed}, 7)) % ${below})`;
const PROTOCOL = JSON.stringify({
  metric: "fd-toybox",
  encoder: "bench",
  preprocessing: "none",
  samples: prompts,
  reference: "bench",
  prompts: "bench",
});

await sql.unsafe("set session_replication_role = replica");
await sql.unsafe("set synchronous_commit = off");
await step(
  `${models} models, ${prompts} prompts`,
  `
  insert into prompt_sets (id, slug, name, listed) values ('pst_bench', 'bench', 'Bench', true);
  insert into prompts (id, prompt_set_id, index, text, category, arena)
    select ${id("prm", "i")}, 'pst_bench', i, 'prompt number ' || i, (array['colour', 'counting', 'place'])[1 + i % 3], i % 2 = 0
    from generate_series(0, ${prompts - 1}) i;
  insert into boards (id, slug, name, description, modality, prompt_set_id, created_at)
    values ('brd_bench', 'bench', 'Bench', 'A board to load.', 'TEXT_TO_IMAGE', 'pst_bench', '2020-01-01');
  insert into models (id, slug, name, creator, modality, listed, price_per_image_usd, open_weights)
    select ${id("mdl", "i")}, 'bench-' || i, 'Bench ' || i, 'Maker ' || i % 17, 'TEXT_TO_IMAGE', true, 0.001 * (1 + i % 40), i % 2 = 0
    from generate_series(0, ${models - 1}) i;
  insert into board_models (board_id, model_id) select 'brd_bench', id from models where slug like 'bench-%';
  insert into elo_ratings (board_id, model_id) select 'brd_bench', id from models where slug like 'bench-%';
  insert into runs (id, model_id, prompt_set_id, prompt_count, state, finished_at)
    select ${id("run", "i")}, ${id("mdl", "i")}, 'pst_bench', ${prompts}, 'PUBLISHED', now() from generate_series(0, ${models - 1}) i;
  insert into metric_results (id, run_id, metric, protocol_hash, protocol, value, low, high, n)
    select ${id("mtr", "i")}, ${id("run", "i")}, 'fd-toybox', 'bench', '${PROTOCOL}', 10 + i % 90, 9 + i % 90, 11 + i % 90, ${prompts}
    from generate_series(0, ${models - 1}) i`,
);
await step(
  `${models * prompts} samples`,
  `
  insert into artifacts (sha256, bytes, media_type, width, height)
    select md5('a' || i) || md5('b' || i), 1000, 'image/png', 64, 64 from generate_series(0, ${models * prompts - 1}) i;
  insert into samples (id, run_id, model_id, prompt_id, artifact_hash, latency_ms)
    select ${id("smp", "i")}, ${id("run", `i / ${prompts}`)}, ${id("mdl", `i / ${prompts}`)}, ${id("prm", `i % ${prompts}`)},
      md5('a' || i) || md5('b' || i), 200 + i % 900
    from generate_series(0, ${models * prompts - 1}) i`,
);
// A model wins the more often the lower its number.
await step(
  `${votes} votes by ${voters} voters`,
  `
  insert into voters (id, proven_at) select ${id("vtr", "i")}, now() from generate_series(0, ${voters - 1}) i;
  create temporary table cast_votes as
    select i, x, (x + 1 + ${drawn("'y' || i", models - 1)}) % ${models} as y, 2 * ${drawn("'p' || i", Math.ceil(prompts / 2))} as p,
      ${drawn("'u' || i", 1000)} / 1000.0 as u
    from generate_series(0, ${votes - 1}) i, lateral (select ${drawn("'x' || i", models)} as x) d;
  alter table cast_votes add outcome vote_outcome;
  update cast_votes set outcome = case when u < 0.1 then 'TIE' when u < 0.15 then 'BOTH_BAD'
    when (u - 0.15) / 0.85 < 1 / (1 + exp((x - y) * 4.0 / ${models})) then 'LEFT' else 'RIGHT' end::vote_outcome;
  insert into battles (id, board_id, voter_id, prompt_id, left_model_id, right_model_id, left_sample_id, right_sample_id, pair_policy,
      propensity, created_at)
    select ${id("bat", "i")}, 'brd_bench', ${id("vtr", `i % ${voters}`)}, ${id("prm", "p")}, ${id("mdl", "x")}, ${id("mdl", "y")},
      ${id("smp", `x * ${prompts} + p`)}, ${id("smp", `y * ${prompts} + p`)}, 'bench', 0.001, now() - interval '1 minute' * (${votes} - i)
    from cast_votes;
  insert into votes (id, battle_id, board_id, voter_id, left_model_id, right_model_id, outcome, decision_ms, created_at)
    select ${id("vot", "i")}, ${id("bat", "i")}, 'brd_bench', ${id("vtr", `i % ${voters}`)}, ${id("mdl", "x")}, ${id("mdl", "y")}, outcome,
      4000, now() - interval '1 minute' * (${votes} - i)
    from cast_votes;
  insert into rating_events (vote_id, board_id, left_model_id, right_model_id, left_before, left_after, right_before, right_after)
    select ${id("vot", "i")}, 'brd_bench', ${id("mdl", "x")}, ${id("mdl", "y")}, 1000, 1000, 1000, 1000 from cast_votes order by i;
  insert into pair_counts (board_id, category, model_a, model_b, wins_a, wins_b, ties, both_bad)
    select 'brd_bench', (array['colour', 'counting', 'place'])[1 + p % 3], ${id("mdl", "least(x, y)")}, ${id("mdl", "greatest(x, y)")},
      count(*) filter (where outcome = case when x < y then 'LEFT' else 'RIGHT' end::vote_outcome),
      count(*) filter (where outcome = case when x < y then 'RIGHT' else 'LEFT' end::vote_outcome),
      count(*) filter (where outcome = 'TIE'), count(*) filter (where outcome = 'BOTH_BAD')
    from cast_votes group by 2, 3, 4`,
);
await step("vacuum, analyze", "vacuum analyze");
await sql.end();

const start = performance.now();
await refitRatings("brd_bench", db);
const fitted = performance.now();
await analyseBoard("brd_bench", db);
const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1);
console.log(`refit ${seconds(start, fitted)} s, analysis ${seconds(fitted, performance.now())} s`);
await db.$disconnect();
