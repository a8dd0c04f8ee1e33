import { createReadStream } from "node:fs";
import type { Command } from "commander";
import { InvalidArgumentError, Option } from "commander";
import { noteText } from "@/components/leaderboard/note-text";
import { decodeText } from "@/lib/artifacts/decode-text";
import { SalonError } from "@/lib/errors";
import { bootstrap } from "@/lib/ratings/bootstrap";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { chooseTieModel } from "@/lib/ratings/analysis/held-out-log-loss";
import type { RankSpreadMethod } from "@/lib/ratings/rank-spread";
import { reweightPairs } from "@/lib/ratings/reweight";
import { POINTS_PER_LOGIT, toRating } from "@/lib/ratings/scale";
import { assemble } from "@/lib/ratings/snapshot";
import { hashInputs } from "@/lib/ratings/inputs-hash";
import type { SnapshotOptions } from "@/lib/ratings/snapshot";
import type { TieModel } from "@/lib/ratings/tie-fit";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";
import { VoteCounter } from "@/lib/ratings/log/vote-counter";
import { readVoteLog } from "@/lib/ratings/log/vote-log";
import type { RateReport } from "@/lib/schemas/vote-log";

interface RateFlags {
  ties: TieModel | "auto";
  cluster: ClusterLabel[];
  alpha: number;
  rank: RankSpreadMethod;
  reweight: boolean;
  bootstrap: number;
  anchor?: { model: string; rating: number };
  seed: number;
  countShownNames: boolean;
  json: boolean;
}

/** Adds `salon rate FILE`: ratings with intervals from any vote log. Exit code 2 for a log that cannot be read. */
export function registerRate(program: Command): void {
  program
    .command("rate")
    .description("Rate models from a vote log: Bradley-Terry with robust intervals and rank spread.")
    .argument(
      "<file>",
      "CSV, JSON lines or a JSON array, also gzipped, with model_a, model_b, winner (optional judge, tstamp, prompt, anony)",
    )
    .addOption(
      new Option("--ties <model>", "how ties enter the fit; auto chooses by held-out log-loss")
        .choices(["half", "davidson", "four", "auto"])
        .default("half"),
    )
    .option("--cluster <labels>", "votes that depend on each other: voter, prompt or both", clusterLabels, [])
    .option("--alpha <alpha>", "intervals cover 1 - alpha", probability, 0.05)
    .addOption(
      new Option("--rank <method>", "how models are told apart")
        .choices(["pairwise", "holm", "max-t", "overlap"])
        .default("pairwise"),
    )
    .option("--reweight", "weigh pairs that met often down to 1 / max(votes, 50)", false)
    .option("--bootstrap <replicates>", "also give bootstrap intervals (with --ties half)", wholeNumber, 0)
    .option("--anchor <model=rating>", "show this model at this rating", anchor)
    .option("--seed <seed>", "seed of the bootstrap and of max-t", wholeNumber, 0)
    .option("--count-shown-names", "count votes cast with the names in sight (anony false) too", false)
    .option("--json", "print JSON", false)
    .action(async (file: string, flags: RateFlags) => {
      try {
        const report = await rate(file, flags);
        process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : table(report));
      } catch (error) {
        if (!isInputError(error)) throw error;
        console.error(`${file}: ${error.message}`);
        process.exitCode = 2;
      }
    });
}

/** What a person can mend: a malformed line, a file that cannot be opened, an anchor that is not there. */
function isInputError(error: unknown): error is Error {
  return (
    error instanceof SalonError ||
    error instanceof RangeError ||
    (error instanceof Error && "syscall" in error)
  );
}

async function rate(file: string, flags: RateFlags): Promise<RateReport> {
  if (flags.bootstrap > 0 && flags.ties !== "half")
    throw new RangeError("--bootstrap works with --ties half");
  const counter = new VoteCounter(flags.cluster);
  const left = new Map<string, number>();
  const unlabelled = new Map(flags.cluster.map((label) => [label, 0]));
  const reader = readVoteLog((vote) => {
    if (vote.excluded !== undefined) {
      left.set(vote.excluded, (left.get(vote.excluded) ?? 0) + 1);
      return;
    }
    counter.add(vote);
    for (const label of flags.cluster)
      if (vote[label] === undefined) unlabelled.set(label, unlabelled.get(label)! + 1);
  }, flags);
  for await (const text of decodeText(createReadStream(file, { highWaterMark: 1 << 20 }))) reader.push(text);
  reader.end();
  const clusterNotes = [...unlabelled].flatMap(([label, votes]) => {
    if (votes === counter.votes)
      throw new RangeError(`no vote names its ${label}, so --cluster ${label} has nothing to go by`);
    return votes === 0 ? [] : [`${votes} votes name no ${label}: each is a cluster of its own.`];
  });
  const { table, counts, votes } = counter.finish();
  const exclusions = [...left]
    .map(([reason, votes]) => ({ reason, votes }))
    .sort((x, y) => (x.reason < y.reason ? -1 : 1));
  const chosen = flags.ties === "auto" ? chooseTieModel(table, { seed: flags.seed }) : null;
  const ties = chosen?.best ?? (flags.ties as TieModel);
  const options: SnapshotOptions = {
    ties,
    alpha: flags.alpha,
    rankMethod: flags.rank,
    anchor: flags.anchor,
    reweight: flags.reweight,
    cluster: flags.cluster,
    seed: flags.seed,
    exclusions: exclusions.length > 0 ? exclusions : undefined,
  };
  const snapshot = assemble(table, votes, hashInputs(counts, [], options), options);
  const models: RateReport["models"] = snapshot.rows;
  if (flags.bootstrap > 0) {
    const weighted = flags.reweight ? reweightPairs(table) : table;
    const intervals = bootstrap(weighted, bradleyTerry(weighted), {
      replicates: flags.bootstrap,
      alpha: flags.alpha,
      seed: flags.seed,
      votes,
    });
    models.forEach((row) => {
      const index = snapshot.models.indexOf(row.model);
      const shift = row.rating - POINTS_PER_LOGIT * snapshot.theta[index] - toRating(0);
      const points = (theta: number): number => toRating(theta) + shift;
      const { low, high, bcaLow, bcaHigh } = intervals[index];
      row.bootstrap = {
        low: points(low),
        high: points(high),
        bcaLow: points(bcaLow),
        bcaHigh: points(bcaHigh),
      };
    });
  }
  return {
    votes: snapshot.votes,
    models,
    method: {
      methodology: snapshot.methodology,
      inputsHash: snapshot.inputsHash,
      ties,
      exclusions,
      heldOut: chosen?.losses,
      cluster: flags.cluster,
      alpha: flags.alpha,
      rank: flags.rank,
      reweight: flags.reweight,
      anchor: flags.anchor ?? null,
      bootstrap: flags.bootstrap,
      seed: flags.seed,
      degreesOfFreedom: snapshot.degreesOfFreedom,
      gradientNorm: snapshot.gradientNorm,
      iterations: snapshot.iterations,
      connected: snapshot.connected,
      separated: snapshot.separated,
      notes: [...snapshot.notes.map(noteText), ...clusterNotes],
    },
  };
}

/** The aligned text table, each interval drawn on one common scale. */
function table(report: RateReport): string {
  const width = 40;
  const low = Math.min(...report.models.map((row) => row.low));
  const high = Math.max(...report.models.map((row) => row.high));
  const column = (rating: number): number =>
    high > low ? Math.round(((rating - low) / (high - low)) * (width - 1)) : width >> 1;
  const bar = (row: RateReport["models"][number]): string => {
    const cells = Array.from({ length: width }, (_, k): string =>
      k > column(row.low) && k < column(row.high) ? "─" : " ",
    );
    cells[column(row.low)] = "├";
    cells[column(row.high)] = "┤";
    cells[column(row.rating)] = "●";
    return cells.join("").trimEnd();
  };
  const digits = Math.max(
    ...report.models.flatMap((row) => [row.low.toFixed(1).length, row.high.toFixed(1).length]),
  );
  const interval = (from: number, to: number): string =>
    `${from.toFixed(1).padStart(digits)} .. ${to.toFixed(1).padStart(digits)}`;
  const percent = Number((100 * (1 - report.method.alpha)).toPrecision(6));
  const header = [
    "rank",
    "spread",
    "model",
    "rating",
    `${percent}% interval`,
    "games",
    "wins",
    "losses",
    "ties",
    "",
  ];
  const boot = report.method.bootstrap > 0;
  if (boot) header.splice(5, 0, "bootstrap BCa");
  const lines = report.models.map((row) => {
    const cells = [
      row.rank === null ? "-" : String(row.rank),
      row.rankLow === row.rankHigh ? String(row.rankLow ?? "-") : `${row.rankLow}-${row.rankHigh}`,
      row.model,
      row.rating.toFixed(1),
      interval(row.low, row.high),
      ...(row.bootstrap ? [interval(row.bootstrap.bcaLow, row.bootstrap.bcaHigh)] : []),
      String(row.games),
      String(row.wins),
      String(row.losses),
      String(row.ties),
      bar(row),
    ];
    return cells;
  });
  const leftAligned = new Set([1, 2, header.length - 1]);
  const widths = header.map((name, k) => Math.max(name.length, ...lines.map((cells) => cells[k].length)));
  const format = (cells: string[]): string =>
    cells
      .map((cell, k) => (leftAligned.has(k) ? cell.padEnd(widths[k]) : cell.padStart(widths[k])))
      .join("  ")
      .trimEnd();
  const { method } = report;
  const how = [
    `${report.votes} votes, ${report.models.length} models`,
    `ties: ${method.ties}`,
    `clustered by: ${method.cluster.join(" and ") || "nothing"}${method.degreesOfFreedom === null ? "" : ` (${method.degreesOfFreedom.toFixed(1)} degrees of freedom)`}`,
    `rank spread: ${method.rank}`,
    method.methodology,
  ].join("; ");
  const losses = (method.heldOut ?? []).map(
    (l) =>
      `held-out log-loss, ${l.ties}: ${l.logLoss.toFixed(5)} (+${l.excess.toFixed(5)} ± ${l.excessSe.toFixed(5)})`,
  );
  const left = method.exclusions.map(({ reason, votes }) => `left out: ${votes} (${reason})`);
  return `${[format(header), ...lines.map(format), "", how, ...left, ...losses, ...method.notes].join("\n")}\n`;
}

function clusterLabels(text: string): ClusterLabel[] {
  const labels = text.split(",").map((label) => label.trim());
  if (
    new Set(labels).size !== labels.length ||
    labels.some((label) => label !== "voter" && label !== "prompt")
  ) {
    throw new InvalidArgumentError("give voter, prompt or voter,prompt");
  }
  return labels as ClusterLabel[];
}

function probability(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError("give a number between 0 and 1");
  return value;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("give a whole number");
  return Number(text);
}

function anchor(text: string): { model: string; rating: number } {
  const at = text.lastIndexOf("=");
  const rating = Number(text.slice(at + 1));
  if (at < 1 || text.slice(at + 1).trim() === "" || !Number.isFinite(rating)) {
    throw new InvalidArgumentError("give MODEL=RATING");
  }
  return { model: text.slice(0, at), rating };
}
