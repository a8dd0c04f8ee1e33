import { Option, type Command } from "commander";
import { changeMember } from "@/lib/board-settings/change-member";
import { createBoard } from "@/lib/board-settings/create-board";
import { editBoard } from "@/lib/board-settings/edit-board";
import { createInvite, listInvites, revokeInvite } from "@/lib/board-settings/invites";
import { listMembers } from "@/lib/board-settings/list-members";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { listBoards } from "@/lib/boards/list-boards";
import { inTransaction, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import {
  boardChanges,
  boardCreation,
  guestRole,
  inviteCreation,
  type BoardSettings,
} from "@/lib/schemas/boards";
import { count } from "./fd";
import { table } from "./table";
import { orExit } from "./metric-input";
import { withDatabase } from "./with-database";

const by = "operator" as const;

/** All of a command, or nothing of it; what it returns is printed. */
const inDatabase = (work: (tx: Tx) => Promise<string>) =>
  orExit(() => withDatabase(async (db) => `${await inTransaction(work, db)}\n`));

type Audience = "seenBy" | "votedBy" | "submittedBy";
type PlainFlag =
  Audience | "name" | "description" | "size" | "fit" | "listing" | "livePrompts" | "countsLiveVotes";

/** Settings as flags; what is not given stays, or is what a new board has. */
type SettingFlags = Partial<Pick<BoardSettings, PlainFlag>> & {
  prompts?: string[];
  question?: string;
  criteria?: string[];
  tolerance?: number;
  provisional?: number;
  metric?: string[];
  judge?: string[];
};

/** Adds `salon boards list | create | show | edit | archive | restore | members | invite | invites | revoke`. */
export function registerBoardSettings(boards: Command): void {
  boards
    .command("list")
    .description("all boards, archived ones too")
    .option("--json", "print JSON", false)
    .action(({ json }: { json: boolean }) =>
      inDatabase(async (tx) => {
        const all = await listBoards({ by, archived: true }, tx);
        if (json) return JSON.stringify(all, null, 2);
        const rows = all.map((board) => [
          board.slug,
          board.name,
          board.imageSize,
          board.isArchived ? "archived" : board.isPublic ? "public" : "invited people only",
        ]);
        return table([["board", "name", "size", "who sees it"], ...rows]);
      }),
    );
  withSettings(
    boards
      .command("create")
      .description("make a board over a prompt set; only invited people see it unless you say otherwise")
      .argument("<name>", "what it is called")
      .requiredOption(
        "--prompts <set>",
        "slug of its prompt set (salon prompts list); repeat for further ones",
        collect,
      )
      .option("--slug <slug>", "its address; made from the name unless given")
      .addOption(
        new Option("--task <task>", "what its models do")
          .choices(["text-to-image", "text-to-video", "image-edit"])
          .default("text-to-image"),
      ),
  ).action((name: string, flags: SettingFlags & { prompts: string[]; slug?: string; task: string }) =>
    inDatabase(async (tx) => {
      const { slug, task, ...settings } = flags;
      const wanted = boardCreation.parse({ ...(await settingsOf(settings, tx)), name, slug, task });
      const made = await createBoard({ settings: wanted, by }, tx);
      return `Made the board ${made}: ${env().siteUrl}/leaderboard/${made}`;
    }),
  );
  boards
    .command("show")
    .description("a board's settings as JSON")
    .argument("<board>", "slug")
    .action((slug: string) =>
      inDatabase(async (tx) => JSON.stringify(await readBoardSettings({ slug, by }, tx), null, 2)),
    );
  withSettings(
    boards
      .command("edit")
      .description("change a board's settings; what you do not name stays")
      .argument("<board>", "slug")
      .option("--name <name>", "what it is called")
      .option(
        "--prompts <set>",
        "slugs of its prompt sets, the first one first; repeat. A board with votes may get more, and loses none",
        collect,
      ),
  ).action((slug: string, flags: SettingFlags) =>
    inDatabase(async (tx) => {
      const { version } = await readBoardSettings({ slug, by }, tx);
      await editBoard(
        { slug, changes: boardChanges.parse({ ...(await settingsOf(flags, tx)), version }), by },
        tx,
      );
      return `Changed ${slug}.`;
    }),
  );
  for (const [verb, archived] of [["archive", true] as const, ["restore", false] as const]) {
    boards
      .command(verb)
      .description(
        archived
          ? "take no more votes and models, and stand in no list; its pages and votes stay"
          : "bring an archived board back",
      )
      .argument("<board>", "slug")
      .action((slug: string) =>
        inDatabase(async (tx) => {
          const { version } = await readBoardSettings({ slug, by }, tx);
          await editBoard({ slug, changes: { version, archived }, by }, tx);
          return archived ? `${slug} is archived.` : `${slug} is back.`;
        }),
      );
  }
  registerMembers(boards);
  registerInvites(boards);
}

function registerMembers(boards: Command): void {
  const members = boards.command("members").description("the models of a board");
  members
    .command("list", { isDefault: true })
    .description("models, those that wait first, with the runs that could stand for them")
    .argument("<board>", "slug")
    .option("--json", "print JSON", false)
    .action((slug: string, { json }: { json: boolean }) =>
      inDatabase(async (tx) => {
        const all = await listMembers({ slug, by }, tx);
        if (json) return JSON.stringify(all, null, 2);
        const rows = all.map((member) => [
          member.model,
          member.name,
          member.state,
          String(member.votes),
          member.run ?? "the best",
          String(member.runs.length),
        ]);
        return table([["model", "name", "state", "votes", "run", "runs"], ...rows]);
      }),
    );
  const change = (verb: string, description: string, state: "member" | "removed", said: string) =>
    members
      .command(verb)
      .description(description)
      .argument("<board>", "slug")
      .argument("<model...>", "slugs")
      .action((slug: string, models: string[]) =>
        inDatabase(async (tx) => {
          for (const model of models) await changeMember({ slug, model, change: { state }, by }, tx);
          return `${models.join(", ")} ${said} ${slug}.`;
        }),
      );
  change("add", "let models onto a board", "member", "now on");
  change("remove", "take models off a board; their votes stay", "removed", "now off");
  members
    .command("choose")
    .description("choose the run that stands for a model on a board; without a run: the best of them")
    .argument("<board>", "slug")
    .argument("<model>", "slug")
    .argument("[run]", "id of a published run over the board's prompts")
    .action((slug: string, model: string, run?: string) =>
      inDatabase(async (tx) => {
        await changeMember({ slug, model, change: { run: run ?? null }, by }, tx);
        return `${run ?? "The best of its runs"} stands for ${model} on ${slug}.`;
      }),
    );
}

function registerInvites(boards: Command): void {
  boards
    .command("invite")
    .description("make a link that lets people onto a board; it is shown this once")
    .argument("<board>", "slug")
    .addOption(
      new Option("--role <role>", "what they may do there").choices(guestRole.options).default("voter"),
    )
    .option("--label <label>", "for whom it is", "")
    .option("--days <days>", "how long it is valid", count(1), 30)
    .action((slug: string, flags: { role: string; label: string; days: number }) =>
      inDatabase(async (tx) => {
        const invite = inviteCreation.parse(flags);
        const { path, id } = await createInvite({ slug, invite, by, now: Date.now() }, tx);
        return `${env().siteUrl}${path}\nRevoke it with: salon boards revoke ${slug} ${id}`;
      }),
    );
  boards
    .command("invites")
    .description("a board's links, without their tokens")
    .argument("<board>", "slug")
    .action((slug: string) =>
      inDatabase(async (tx) => {
        const rows = (await listInvites({ slug, by }, tx)).map((invite) => [
          invite.id,
          invite.role,
          invite.label,
          String(invite.guests),
          invite.revoked ? "revoked" : (invite.expiresAt?.slice(0, 10) ?? "never ends"),
        ]);
        return table([["invite", "role", "for", "guests", "until"], ...rows]);
      }),
    );
  boards
    .command("revoke")
    .description("let nobody come by a link any more; who came by it leaves, and votes stay")
    .argument("<board>", "slug")
    .argument("<invite>", "id")
    .action((slug: string, invite: string) =>
      inDatabase(async (tx) => {
        await revokeInvite({ slug, invite, by }, tx);
        return `Revoked ${invite}.`;
      }),
    );
}

const collect = (value: string, all: string[] = []) => [...all, value];
const audience = (flag: string, description: string) =>
  new Option(`${flag} <who>`, description).choices(["everyone", "signed-in", "invited"]);

function withSettings(command: Command): Command {
  return command
    .option("--description <text>", "a sentence for the board's page")
    .option("--question <text>", 'what voters are asked of a pair; "": which is better overall')
    .option(
      "--criteria <names...>",
      "what they may also be asked: aesthetics, prompt_following, motion, consistency",
    )
    .option("--size <size>", "largest size in which battles show both sides, such as 1024x1024")
    .addOption(
      new Option("--fit <fit>", "same: both in that size; own: each in its own, up to it").choices([
        "same",
        "own",
      ]),
    )
    .option("--tolerance <share>", "how far a sample's width / height may be from the board's", Number)
    .addOption(audience("--seen-by", "who may see it"))
    .addOption(audience("--voted-by", "who may vote"))
    .addOption(audience("--submitted-by", "who may submit models"))
    .addOption(
      new Option("--listing <how>", "whether a model joins by itself once it is scored").choices([
        "automatic",
        "approved",
      ]),
    )
    .option("--live-prompts", "let voters have two models generate for their own prompt")
    .option("--no-live-prompts", "do not")
    .option("--counts-live-votes", "count votes on such prompts in the board's ratings")
    .option("--no-counts-live-votes", "count them apart, in a category of their own")
    .option("--provisional <votes>", "a model with fewer votes is marked as provisional", count(0))
    .option(
      "--metric <encoder=reference>",
      "score runs by an encoder against a reference set (id); repeat",
      collect,
    )
    .option("--judge <slug>", "have a judge judge its runs; repeat", collect);
}

async function settingsOf({ prompts, tolerance, provisional, metric, judge, ...same }: SettingFlags, tx: Tx) {
  return {
    ...same,
    ...(prompts && { promptSet: prompts[0], furtherPromptSets: prompts.slice(1) }),
    ...(tolerance !== undefined && { aspectTolerance: tolerance }),
    ...(provisional !== undefined && { provisionalVotes: provisional }),
    ...(metric && { metrics: await Promise.all(metric.map((each) => metricOf(each, tx))) }),
    ...(judge && { judges: judge }),
  };
}

/** "inception=Real cups": an encoder, and a reference set under it by name or id. */
async function metricOf(text: string, tx: Tx): Promise<{ encoder: string; reference: string | null }> {
  const at = text.indexOf("=");
  if (at < 0) return { encoder: text, reference: null };
  const [encoder, wanted] = [text.slice(0, at), text.slice(at + 1)];
  const named = await tx.referenceSet.findMany({
    where: { name: wanted, state: "READY", encoderId: { startsWith: `${encoder}@` } },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
  return { encoder, reference: named[0]?.id ?? wanted };
}
