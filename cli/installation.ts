import type { Command } from "commander";
import { artifactFolder } from "@/lib/artifacts/store";
import { acceptSecret } from "@/lib/installation/accept-secret";
import { adoptArtifacts } from "@/lib/installation/adopt-artifacts";
import { verifyArtifacts, type ArtifactsReport } from "@/lib/installation/verify-artifacts";
import { enterRoot } from "./root";
import { withDatabase } from "./with-database";

/** Names of what is missing are listed up to so many. */
const NAMED = 20;

/** Adds `salon secret accept` and `salon artifacts verify | adopt`: what goes with a database. */
export function registerInstallation(program: Command): void {
  program
    .command("secret")
    .description("the secret that the database is used with")
    .command("accept")
    .description("use the database with this machine's secret from now on, when the one before is lost")
    .option("--yes", "do it; without, only say what is lost", false)
    .action(({ yes }: { yes: boolean }) => accept(yes));
  const artifacts = program.command("artifacts").description("the folder of images and videos");
  artifacts
    .command("verify")
    .description("read every artifact of the database and compare its bytes with its sha256")
    .action(async () => {
      enterRoot();
      const report = await withDatabase((db) => verifyArtifacts(db));
      console.log(inWords(report));
      process.exitCode = isWhole(report) ? 0 : 1;
    });
  artifacts
    .command("adopt")
    .description("take this machine's artifact folder for the database's, when it was moved or copied")
    .option("--yes", "do it although artifacts are missing or damaged in it", false)
    .action(({ yes }: { yes: boolean }) => adopt(yes));
}

async function accept(yes: boolean): Promise<void> {
  enterRoot();
  const { isOther, lostKeys, voters } = await withDatabase((db) => acceptSecret({ dryRun: !yes }, db));
  if (!isOther) return console.log("The database goes with this machine's secret already.");
  console.log(
    [
      `Lost with the secret before: the cookies of ${voters} voters, who start anew and no longer control what they submitted;`,
      "pseudonyms of voters in exported logs, which are others from now on;",
      lostKeys.length === 0
        ? "and no stored key."
        : `and the stored keys of ${lostKeys.join(", ")}: submit or add these again.`,
    ].join("\n"),
  );
  console.log(
    yes
      ? "The database goes with this machine's secret now. Start every site and worker again, with the same."
      : "Nothing was changed. Give --yes to do it.",
  );
  process.exitCode = yes ? 0 : 1;
}

async function adopt(yes: boolean): Promise<void> {
  enterRoot();
  const folder = artifactFolder();
  await withDatabase(async (db) => {
    const report = await verifyArtifacts(db);
    console.log(inWords(report));
    if (!isWhole(report) && !yes) {
      console.log("Nothing was changed. Bring the missing files, or give --yes to adopt the folder without.");
      process.exitCode = 1;
      return;
    }
    await adoptArtifacts(db);
    console.log(`${folder} is the database's now. What the database does not know in it is deleted in time.`);
  });
}

const isWhole = ({ missing, damaged }: ArtifactsReport) => missing.length + damaged.length === 0;

/** What was found of the artifacts, with names. */
export function inWords({ artifacts, missing, damaged }: ArtifactsReport): string {
  const bad = [
    ...missing.map((sha256) => `${sha256} is missing`),
    ...damaged.map((sha256) => `${sha256} has other bytes`),
  ];
  if (bad.length === 0) return `All ${artifacts} artifacts are there and unchanged.`;
  const more = bad.length > NAMED ? [`... and ${bad.length - NAMED} more`] : [];
  const count = `${missing.length} missing, ${damaged.length} damaged of ${artifacts} artifacts in ${artifactFolder()}:`;
  return [count, ...bad.slice(0, NAMED).map((line) => `  ${line}`), ...more].join("\n");
}
