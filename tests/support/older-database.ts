import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { applyMigrations } from "@/lib/db/migrate";
import { maintain } from "./test-database";

export interface OlderDatabase {
  readonly url: string;
  readonly sql: Sql;
  /** Apply the migrations that were left out. */
  upgrade(): Promise<void>;
  /** Apply all there are since, so that this Salon's client can read it. */
  upgradeToNewest(): Promise<void>;
  /** Rows of each table. */
  countRows(): Promise<Record<string, number>>;
}

/**
 * A database as Salon left it before a change of its schema.
 * @param migrations names, without their times, of the migrations that `upgrade` applies
 */
export function useDatabaseBefore(...migrations: string[]): OlderDatabase {
  const name = `older_${randomBytes(6).toString("hex")}`;
  const url = () => inject("postgresUrl").replace(/\/postgres$/, `/${name}`);
  let sql: Sql | undefined;
  let wanted: string[] = [];
  const open = () => {
    if (sql === undefined) throw new Error("The older database exists only while tests run.");
    return sql;
  };
  beforeAll(async () => {
    const names = (await readdir(path.resolve("prisma/migrations")))
      .filter((file) => /^\d/.test(file))
      .sort();
    wanted = names.filter((file) => migrations.includes(file.replace(/^\d+_/, "")));
    if (wanted.length !== migrations.length) throw new Error(`Not all there: ${migrations.join(", ")}`);
    await maintain(`create database ${name}`);
    // Neither the server's zone nor the operator's is UTC everywhere.
    await maintain(`alter database ${name} set timezone to 'Asia/Kolkata'`);
    await applyMigrations(url(), new Set(names.filter((file) => file < wanted[0])));
    sql = postgres(url(), { max: 1, onnotice: () => {} });
  });
  afterAll(async () => {
    await sql?.end();
    await maintain(`drop database if exists ${name}`);
  });
  return {
    get url() {
      return url();
    },
    get sql() {
      return open();
    },
    async upgrade() {
      for (const file of wanted) await applyMigrations(url(), new Set([file]));
    },
    async upgradeToNewest() {
      await applyMigrations(url());
    },
    async countRows() {
      const tables = await open()<{ name: string }[]>`
        select tablename as name from pg_tables where schemaname = 'public' and tablename <> '_prisma_migrations' order by 1`;
      const counts: Record<string, number> = {};
      for (const { name } of tables) {
        const [{ rows }] = await open()<
          [{ rows: number }]
        >`select count(*)::int as rows from ${open()(name)}`;
        counts[name] = rows;
      }
      return counts;
    },
  };
}

/** When everything in {@link ORDINARY_ROWS} was made, in UTC. */
export const MADE = "2026-01-02 03:04:05.678";

/** One of everything that the schema's newer promises are about, as any Salon before snake_case would have left it. */
export const ORDINARY_ROWS = `
  insert into "PromptSet" (id, slug, name, "createdAt") values ('pst_1', 'set', 'Set', '${MADE}');
  insert into "Prompt" (id, "promptSetId", index, text, category, arena, "createdAt")
    values ('prm_1', 'pst_1', 0, 'a fish', 'colour', true, '${MADE}');
  insert into "Board" (id, slug, name, description, modality, "promptSetId", "createdAt")
    values ('brd_1', 'board', 'Board', '', 'TEXT_TO_IMAGE', 'pst_1', '${MADE}');
  insert into "Voter" (id, "provenAt", "createdAt") values ('vtr_1', null, '${MADE}'), ('vtr_2', '${MADE}', '${MADE}');
  insert into "Model" (id, slug, name, creator, modality, "pricePerImageUsd", "submitterId", "createdAt") values
    ('mdl_1', 'one', 'One', '', 'TEXT_TO_IMAGE', null, null, '${MADE}'),
    ('mdl_2', 'two', 'Two', '', 'TEXT_TO_IMAGE', 0.04, 'vtr_2', '${MADE}');
  insert into "Run" (id, "modelId", "promptSetId", "promptCount", "createdAt") values
    ('run_1', 'mdl_1', 'pst_1', 1, '${MADE}'), ('run_2', 'mdl_2', 'pst_1', 1, '${MADE}');
  insert into "Artifact" (sha256, bytes, "mediaType", width, height, "createdAt")
    values ('a1', 10, 'image/png', 64, 64, '${MADE}'), ('a2', 10, 'image/png', 64, 64, '${MADE}');
  insert into "Sample" (id, "runId", "modelId", "promptId", "artifactHash", "latencyMs", "costUsd", "createdAt") values
    ('smp_1', 'run_1', 'mdl_1', 'prm_1', 'a1', 5, null, '${MADE}'), ('smp_2', 'run_2', 'mdl_2', 'prm_1', 'a2', 5, 0.1, '${MADE}');
  insert into "SampleFailure" (id, "runId", "promptId", index, code, message, attempts, "createdAt")
    values ('fail_1', 'run_2', 'prm_1', 1, 'refused', 'No.', 1, '${MADE}');
  insert into "Battle" (id, "boardId", "voterId", "promptId", "leftModelId", "rightModelId", "leftSampleId", "rightSampleId",
      "pairPolicy", propensity, "createdAt")
    values ('btl_1', 'brd_1', 'vtr_1', 'prm_1', 'mdl_2', 'mdl_1', 'smp_2', 'smp_1', 'uniform', 1, '${MADE}');
  insert into "Vote" (id, "battleId", "boardId", "voterId", "leftModelId", "rightModelId", outcome, "decisionMs", "createdAt")
    values ('vot_1', 'btl_1', 'brd_1', 'vtr_1', 'mdl_2', 'mdl_1', 'LEFT', 900, '${MADE}');
  insert into "RatingEvent" ("voteId", "boardId", "leftModelId", "rightModelId", "createdAt")
    values ('vot_1', 'brd_1', 'mdl_2', 'mdl_1', '${MADE}');
  insert into "PairCount" ("boardId", category, "modelA", "modelB", "winsB") values ('brd_1', 'colour', 'mdl_1', 'mdl_2', 1);
  insert into "CriterionCount" ("boardId", category, "modelA", "modelB", answers, votes)
    values ('brd_1', 'colour', 'mdl_1', 'mdl_2', 'overall=b', 1);
  insert into "EloRating" ("boardId", "modelId", rating, games) values ('brd_1', 'mdl_1', 984, 1), ('brd_1', 'mdl_2', 1016, 1);
  insert into "Quarantine" (id, "boardId", rule, "groupKind", "groupKey", "modelId", evidence, "createdAt")
    values ('qrn_1', 'brd_1', 'pace', 'VOTER', 'vtr_1', 'mdl_2', '{}', '${MADE}');
  insert into "Judge" (id, slug, name, creator, "baseUrl", "providerModel", "budgetUsd", "spentUsd", "usdPerMillionInputTokens",
      "usdPerMillionOutputTokens", "ownerId", "createdAt")
    values ('jdg_1', 'judge', 'Judge', '', 'http://judge', 'judge', 5, 0.3, 0.15, 0.6, 'vtr_2', '${MADE}');
  insert into "JudgeTask" (id, "judgeId", rubric, "runId", "createdAt") values ('jtk_1', 'jdg_1', 'viescore@1', 'run_1', '${MADE}');
  insert into "JudgeSampleVerdict" (id, "sampleId", "judgeId", rubric, "noVerdict", score, "promptHash", reply, attempts, "latencyMs",
      "costUsd", "createdAt") values
    ('jsv_1', 'smp_1', 'jdg_1', 'viescore@1', null, 0.5, '', '', 1, 1, 0.1, '${MADE}'),
    ('jsv_2', 'smp_2', 'jdg_1', 'viescore@1', 'refused', null, '', '', 1, 1, null, '${MADE}');
  insert into "JudgePair" (id, "boardId", "firstSampleId", "secondSampleId", "pairPolicy", propensity, "createdAt")
    values ('jpr_1', 'brd_1', 'smp_1', 'smp_2', 'uniform', 0.5, '${MADE}');
  insert into "JudgePairVerdict" (id, "judgeId", rubric, "aSampleId", "bSampleId", "noVerdict", choice, preference, "promptHash",
      reply, attempts, "latencyMs", "costUsd", "createdAt") values
    ('jpv_1', 'jdg_1', 'pairwise@1', 'smp_1', 'smp_2', null, 'A', 1, '', '', 1, 1, 0.1, '${MADE}'),
    ('jpv_2', 'jdg_1', 'pairwise@1', 'smp_2', 'smp_1', 'timeout', null, null, '', '', 1, 1, null, '${MADE}');
  insert into "JudgeCanaryVerdict" (id, "judgeId", rubric, kind, variant, "sampleId", "spoiledFirst", "noVerdict", preference,
      "promptHash", reply, attempts, "latencyMs", "costUsd", "createdAt") values
    ('jcv_1', 'jdg_1', 'pairwise@1', 'defect', 'blur', 'smp_1', true, null, 0.25, '', '', 1, 1, 0.1, '${MADE}'),
    ('jcv_2', 'jdg_1', 'pairwise@1', 'instruction', 'instruction', 'smp_1', true, 'invalid', null, '', '', 1, 1, null, '${MADE}');
  insert into "ReferenceSet" (id, slug, name, "extractorId", kind, dimension, n, "ownerId", "createdAt")
    values ('ref_1', 'set', 'Set', 'toybox', 'upload', 2, 10, 'vtr_2', '${MADE}');
  insert into "Grade" ("artifactHash", "promptId", "graderId", result, "allCorrect") values ('a1', 'prm_1', 'grader', '{}', true);
  insert into "RunExamination" ("runId", "inputsHash", forensics, "createdAt") values ('run_1', '', '{}', '${MADE}');
  insert into "EncoderExamination" ("runId", "featuresId", "distanceLabel", "inputsHash", "referenceId", metrics, pictures, influences,
      "createdAt") values ('run_1', 'toybox', 'FD', '', 'ref_1', '{}', '{}', '{}', '${MADE}');
  insert into "RunPair" ("firstRunId", "secondRunId", "featuresId", "inputsHash", first, second, "createdAt")
    values ('run_1', 'run_2', 'toybox', '', '{}', '{}', '${MADE}');
  insert into "MetricResult" (id, "runId", metric, "protocolHash", protocol, value, n, "createdAt")
    values ('met_1', 'run_1', 'fd-toybox', 'h', '{}', 1.5, 10, '${MADE}');
  insert into "RatingSnapshot" (id, "boardId", methodology, "inputsHash", votes, details, covariance, "createdAt")
    values ('rsn_1', 'brd_1', 'bt@1', 'h', 1, '{}', '', '${MADE}');
  insert into "RatingSnapshotRow" ("snapshotId", "modelId", rating, se, low, high, rank, "rankLow", "rankHigh", wins, losses, ties,
      "bothBad", games) values ('rsn_1', 'mdl_2', 1010, 5, 1000, 1020, 1, 1, 2, 1, 0, 0, 0, 1);
  insert into "DemoPicture" (id, model, weights, prompt, seed, sampler, steps, "guidanceScale", "artifactHash", "createdAt")
    values ('dem_1', 'toybox', 'w', 'a fish', 1, 'euler', 4, 2, 'a1', '${MADE}');
  insert into "Reconstruction" ("originalHash", weights, "artifactHash", psnr, "createdAt") values ('a1', 'w', 'a2', 30, '${MADE}');
`;
