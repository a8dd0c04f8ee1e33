import { listAccounts } from "@/lib/accounts/list-accounts";
import { listOpenInvites } from "@/lib/accounts/manage-invites";
import { readAdminCounts } from "@/lib/administration/read-counts";
import { readManagedModels } from "@/lib/administration/read-models";
import { readQueue } from "@/lib/administration/read-queue";
import { readStorage } from "@/lib/administration/read-storage";
import { listBoardNames } from "@/lib/boards/list-board-names";
import { readBlockedWords } from "@/lib/moderation/checks/blocked-list";
import { listQueue } from "@/lib/moderation/list-queue";
import { readPrivacyPage } from "@/lib/privacy/read-privacy-page";
import { QUEUES } from "@/lib/schemas/moderation";
import { readLook } from "@/lib/settings/read-look";
import { listHeldVotes } from "@/lib/votes/checks/list-held-votes";
import { listVotes } from "@/lib/votes/list-votes";
import { listTokens } from "@/lib/api-tokens/manage-tokens";
import { listEvents } from "@/lib/audit/list-events";
import { listRunLinks } from "@/lib/runs/run-links";
import { readSharedRun } from "@/lib/pages/read-shared-run";
import { newId } from "@/lib/db/new-id";
import { newInviteToken } from "@/lib/secrets/invite-token";
import { readUsage } from "@/lib/quotas/read-usage";
import { readSettings } from "@/lib/settings/change-settings";
import { findInvite } from "@/lib/accounts/invites";
import { readAccountPage } from "@/lib/accounts/read-account-page";
import { readSwitches } from "@/lib/settings/read-switches";
import { signInChoices } from "@/lib/accounts/sign-in-choices";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { listComparisonInvites } from "@/lib/comparisons/invites";
import { listComparisons } from "@/lib/comparisons/list-comparisons";
import { readComparisonResults } from "@/lib/comparisons/read-results";
import { readVoting } from "@/lib/comparisons/read-voting";
import { listComparableRuns } from "@/lib/diagnostics/list-comparable-runs";
import { listReferences } from "@/lib/references/list-references";
import { listRuns } from "@/lib/runs/list-runs";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { readRun } from "@/lib/pages/read-run";
import { readJudgeBars } from "@/lib/judges/grading/judge-bars";
import { listJudges } from "@/lib/judges/list-judges";
import { readJudgeReport } from "@/lib/judges/read-judge-report";
import { listQuestionSets, readQuestions } from "@/lib/judges/checklists/read-questions";
import { readVendorRanks } from "@/lib/judges/read-vendor-ranks";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { listUploadChoices } from "@/lib/samples/list-upload-choices";
import { listBoards } from "@/lib/boards/list-boards";
import { listModels } from "@/lib/pages/list-models";
import { listStackFacts } from "@/lib/pages/list-stack-facts";
import { readRatingHistory } from "@/lib/rankings/rating-history";
import { readAgreement } from "@/lib/pages/read-agreement";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readBoardCards } from "@/lib/pages/read-board-cards";
import { readBoardChoices } from "@/lib/pages/read-board-choices";
import { readBoardRoom } from "@/lib/pages/read-board-room";
import { readHome } from "@/lib/pages/read-home";
import { readLinkedBoard } from "@/lib/pages/read-linked-board";
import { readModel } from "@/lib/pages/read-model";
import { readModelComparison } from "@/lib/pages/read-model-comparison";
import { readExploredPrompt } from "@/lib/pages/explorer/read-explored-prompt";
import { readExploredPrompts } from "@/lib/pages/explorer/read-explored-prompts";
import { readPairVotes } from "@/lib/pages/explorer/read-pair-votes";
import { readScoresComing } from "@/lib/pages/read-scores-coming";
import { choicesOf } from "@/lib/demos/demo-content";
import { readModelCard } from "@/lib/demos/read-model-card";
import { readStack } from "@/lib/demos/read-stack";
import { readTime } from "@/lib/demos/read-time";
import { concurrently } from "./arena-fixture";

/**
 * Everything a visitor can get without a vote, from the site's own code: what each page reads, what each GET route answers, and
 * the images behind every address that these name, or that can be made from an id.
 */

const APP = path.resolve("app");

/** An image with whose it is: "" where no model drew it. */
export type PublicImage = { url: string; model: string; bytes: Buffer; headers: string };

/** All ids a visitor may have learnt: here, all there are. */
type Known = Record<string, string[]>;

const PARAMETERS = [
  ...["slug", "model", "board", "runId", "sampleId", "demoId", "drawingId", "judgeId", "referenceId"],
  ...["uploadId", "hash", "part", "index", "why", "action", "comparisonId", "pairId", "promptId", "webhook"],
  ...["token", "link", "logo"],
];

async function knownIds(db: Db): Promise<Known> {
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const models = (await db.model.findMany()).map(({ slug }) => slug);
  const judges = await db.judge.findMany();
  const promptSet = (await db.promptSet.findMany()).map(({ slug }) => slug);
  return {
    promptSet,
    uploadId: ids(await db.sampleUpload.findMany()),
    slug: [...models, ...judges.map(({ slug }) => slug), ...promptSet],
    model: models,
    board: (await db.board.findMany()).map(({ slug }) => slug),
    runId: ids(await db.run.findMany()),
    sampleId: ids(await db.sample.findMany()),
    demoId: ids(await db.demoImage.findMany()),
    drawingId: ids(await db.drawing.findMany()),
    judgeId: ids(judges),
    referenceId: ids(await db.referenceSet.findMany()),
    hash: (await db.artifact.findMany()).map(({ sha256 }) => sha256),
    comparisonId: ids(await db.comparison.findMany()),
    pairId: ids(await db.comparisonVote.findMany()),
    promptId: ids(await db.prompt.findMany()),
    webhook: ids(await db.webhook.findMany()),
    part: ["image", "picture", "filmstrip", "sheet", "left", "right", "source-0", "reference"],
    index: ["0", "1"],
    why: ["host", "method", "address"],
    // Of the first run: its owner sent the attacker a link.
    token: await linkTo(db, ids(await db.run.findMany({ take: 1, orderBy: { createdAt: "asc" } }))),
    link: [],
    logo: ["0123456789abcdef"],
  };
}

async function linkTo(db: Db, runIds: string[]): Promise<string[]> {
  const links = runIds.map((runId) => ({ runId, ...newInviteToken() }));
  await db.runLink.createMany({
    data: links.map(({ runId, tokenHash }) => ({
      ...{ id: newId("runLink"), runId, tokenHash },
      expiresAt: new Date(Date.now() + 86_400_000),
    })),
  });
  return links.map(({ token }) => token);
}

/** What pages read, by the name of the use case that they import. A page that reads something else is not crawled: see `unknownReads`. */
const PAGE_READS: Record<string, (known: Known) => unknown[]> = {
  findInvite: () => [findInvite("", Date.now())],
  readAccountPage: () => [readAccountPage(null, Date.now())],
  readSwitches: () => [readSwitches()],
  signInChoices: () => [signInChoices()],
  choicesOf: ({ model }) => model.map((slug) => choicesOf(slug)),
  listBoards: () => [listBoards({ by: { voterId: null } })],
  // What only an account, or who runs the site, is shown: as much as there is.
  listTokens: () => [listTokens({ voterId: "nobody", now: Date.now() })],
  listEvents: () => [listEvents({ filter: {}, limit: 1000 })],
  readSettings: () => [readSettings()],
  readUsage: () => [readUsage("nobody", Date.now())],
  listAccounts: () => [listAccounts()],
  listOpenInvites: () => [listOpenInvites({ now: Date.now() })],
  listBoardNames: () => [listBoardNames()],
  listHeldVotes: () => [listHeldVotes({})],
  listQueue: () => QUEUES.map((queue) => listQueue({ queue })),
  listVotes: ({ board }) => board.map((each) => listVotes({ filter: { board: each } })),
  readAdminCounts: () => [readAdminCounts()],
  readBlockedWords: () => [readBlockedWords()],
  readLook: () => [readLook()],
  readManagedModels: () => [readManagedModels({})],
  readPrivacyPage: () => [readPrivacyPage({ voterId: null, userId: null })],
  readQueue: () => [readQueue()],
  readStorage: () => [readStorage()],
  listRunLinks: ({ runId }) => runId.map((id) => listRunLinks({ runId: id, by: { voterId: null } })),
  readSharedRun: ({ token }) => token.map((each) => readSharedRun({ token: each })),
  listComparisons: () => [listComparisons({ voterId: null })],
  listComparisonInvites: ({ comparisonId }) =>
    comparisonId.map((id) => listComparisonInvites({ comparisonId: id, voterId: null })),
  readComparisonResults: ({ comparisonId }) =>
    comparisonId.map((id) => readComparisonResults({ comparisonId: id, voterId: null })),
  readVoting: ({ comparisonId }) => comparisonId.map((id) => readVoting({ comparisonId: id, voterId: null })),
  listComparableRuns: ({ runId }) => runId.map((id) => listComparableRuns({ runId: id, voterId: null })),
  listJudges: () => [listJudges({ voterId: null })],
  listModels: () => [listModels()],
  listPromptSets: () => [listPromptSets({ by: { voterId: null }, archived: true })],
  listSetPrompts: ({ promptSet }) =>
    promptSet.map((slug) => listSetPrompts({ slug, by: { voterId: null }, from: 0, limit: 100 })),
  listUploadChoices: () => [listUploadChoices({ voterId: null })],
  readPromptSet: ({ promptSet }) => promptSet.map((slug) => readPromptSet({ slug, by: { voterId: null } })),
  listQuestionSets: () => [listQuestionSets()],
  listReferences: () => [listReferences({ voterId: null })],
  listRuns: () => [listRuns({ limit: 100, voterId: null })],
  listStackFacts: () => [listStackFacts()],
  readAgreement: ({ board }) => board.map((slug) => readAgreement({ board: slug })),
  readBoardCards: () => [readBoardCards({ by: { voterId: null }, archived: true, images: 100 })],
  readBoardChoices: () => [readBoardChoices({ voterId: null })],
  readBoardRoom: ({ board }) =>
    board.map((slug) => readBoardRoom({ slug, by: { voterId: null, runsSite: true } })),
  readBoardAnalysis: ({ board }) => board.map((slug) => readBoardAnalysis({ board: slug })),
  readExamination: ({ runId }) => runId.map((id) => readExamination({ runId: id, voterId: null })),
  readHome: () => [readHome()],
  readJudgeBars: () => [readJudgeBars()],
  readJudgeReport: ({ slug }) => slug.map((each) => readJudgeReport({ slug: each, voterId: null })),
  readLinkedBoard: ({ board }) => board.map((slug) => readLinkedBoard({ board: slug })),
  readModel: ({ model }) => model.map((slug) => readModel({ slug })),
  // Two to four at a time: every model stands beside another.
  readModelComparison: ({ board, model }) =>
    board.flatMap((slug) =>
      model.map((each, at) =>
        readModelComparison({ board: slug, models: [each, model[(at + 1) % model.length]] }),
      ),
    ),
  readExploredPrompts: ({ board }) => board.map((slug) => readExploredPrompts({ board: slug })),
  readExploredPrompt: ({ board, promptId }) =>
    board.flatMap((slug) => promptId.map((id) => readExploredPrompt({ board: slug, promptId: id }))),
  readPairVotes: ({ board, model }) =>
    board.flatMap((slug) => pairsOf(model).map(([a, b]) => readPairVotes({ board: slug, a, b }))),
  readModelCard: ({ model }) => model.map((slug) => readModelCard(slug)),
  readQuestions: () => [readQuestions({ promptSet: "toybox-v1", version: 1, by: { voterId: null } })],
  readRatingHistory: ({ board }) => board.map((slug) => readRatingHistory({ board: slug })),
  readRun: ({ runId }) => runId.map((id) => readRun({ runId: id, voterId: null })),
  readScoresComing: ({ board }) => board.map((slug) => readScoresComing({ board: slug })),
  readStack: () => [readStack()],
  readTime: () => [readTime()],
  readVendorRanks: ({ board }) => board.map((slug) => readVendorRanks({ board: slug })),
  requireBoard: () => [],
  submissionPolicy: () => [submissionPolicy()],
};

/** Each two, once. */
const pairsOf = (models: string[]): [string, string][] =>
  models.flatMap((a, at) => models.slice(at + 1).map((b): [string, string] => [a, b]));

/** Addresses that the attack itself is about: one side of the attacker's own battles. */
const OWN = ["/media/battles/[battleId]/[side]", "/api/v1/battles/[battleId]"];

/** What the crawl would miss: use cases that a page imports and PAGE_READS lacks, and path parameters that it cannot fill. */
export function unknownToTheCrawl(): string[] {
  const reads = filesNamed(/^(page|layout|template|default|opengraph-image|icon)\.tsx?$/).flatMap((file) => {
    const imports = readFileSync(file, "utf8").matchAll(
      /import (?!type)\{([^}]+)\} from "@\/lib\/(?!schemas\/|access\/|errors"|env")/g,
    );
    return [...imports].flatMap(([, names]) => names.split(",").map((name) => name.trim()));
  });
  const parameters = routes().flatMap(({ pattern }) =>
    OWN.includes(pattern) ? [] : [...pattern.matchAll(/\[(?:\.{3})?(\w+)\]/g)].map(([, name]) => name),
  );
  const known = new Set([...Object.keys(PAGE_READS), ...PARAMETERS]);
  return [...reads.filter((name) => name && !name.startsWith("type ")), ...parameters].filter(
    (name) => !known.has(name),
  );
}

/** Every image that anyone can get by an address, each with the model that drew it. */
export async function crawlImages(db: Db): Promise<PublicImage[]> {
  const known = await knownIds(db);
  const words = [...(await readPages(known))];
  const images = new Map<string, PublicImage>();
  const authors = await readAuthors(db);
  const keep = (url: string, answer: Answer) => {
    if (!answer.type.startsWith("image/")) return words.push(answer.bytes.toString("utf8"));
    const { bytes, headers } = answer;
    images.set(url, { url, bytes, headers, model: authors(url) });
  };
  for (const route of routes()) {
    if (OWN.includes(route.pattern)) continue;
    const urls = addressesOf(route.pattern, known);
    await concurrently(urls, async (url) => keep(url, await get(url)));
  }
  // Whatever a page or an answer names beside what ids alone could tell.
  const named = words.flatMap((text) => [...text.matchAll(/\/media\/[^"\\\s]+/g)].map(([url]) => url));
  for (const url of new Set(named)) if (!images.has(url)) keep(url, await get(url));
  return [...images.values()];
}

async function readPages(known: Known): Promise<string[]> {
  const texts: string[] = [];
  for (const read of Object.values(PAGE_READS)) {
    const settled = await Promise.allSettled(read(known));
    for (const result of settled) {
      if (result.status === "fulfilled") texts.push(JSON.stringify(result.value));
      else if (!(result.reason instanceof SalonError)) throw result.reason;
    }
  }
  return texts;
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Answer = { bytes: Buffer; type: string; headers: string };

type Route = { file: string; pattern: string };
let found: Route[] | undefined;

/** The site's GET routes. */
const routes = (): Route[] => (found ??= findRoutes());

function findRoutes(): Route[] {
  return filesNamed(/^route\.ts$/).flatMap((file) => {
    if (!/export (async )?function GET\b|export const GET\b/.test(readFileSync(file, "utf8"))) return [];
    return [{ file, pattern: path.dirname(file).slice(APP.length) }];
  });
}

/** A route's addresses with every combination of what is known. */
function addressesOf(pattern: string, known: Known): string[] {
  const queries: Record<string, string[]> = {
    "/api/v1/votes/export": known.board.map((board) => `?board=${board}`),
    "/api/v1/verdicts/export": known.board.map((board) => `?board=${board}&format=jsonl`),
    "/api/v1/preferences/export": known.board.map((board) => `?board=${board}`),
    "/api/v1/leaderboards/[board]/pair": pairsOf(known.model).map(([a, b]) => `?a=${a}&b=${b}`),
    "/api/v1/runs/[runId]/beside": known.runId.slice(0, 2).map((run) => `?against=${run}`),
    "/api/v1/runs/[runId]/compare": known.runId.slice(0, 2).map((run) => `?against=${run}`),
  };
  const [name] = /\[\w+\]/.exec(pattern) ?? [];
  if (name === undefined) return (queries[pattern] ?? [""]).map((query) => pattern + query);
  const values = known[name.slice(1, -1)];
  const filled = values.flatMap((value) => addressesOf(pattern.replace(name, value), known));
  return filled.flatMap((address) => (queries[pattern] ?? [""]).map((query) => address + query));
}

/** Ask the route of an address, as a stranger without a cookie. */
export async function get(url: string): Promise<Answer> {
  const asked = new URL(url, "http://salon.test");
  for (const { file, pattern } of routes()) {
    const names = [...pattern.matchAll(/\[(\w+)\]/g)].map(([, name]) => name);
    const match = new RegExp(`^${pattern.replace(/\[\w+\]/g, "([^/]+)")}$`).exec(asked.pathname);
    if (match === null) continue;
    const { GET } = (await import(pathToFileURL(file).href)) as { GET: Handler };
    const params = Object.fromEntries(names.map((name, at) => [name, match[at + 1]]));
    const response = await GET(new Request(asked), { params: Promise.resolve(params) });
    if (response.status >= 500) throw new Error(`${url} answers ${response.status}.`);
    return {
      bytes: Buffer.from(await response.arrayBuffer()),
      type: response.headers.get("content-type") ?? "",
      headers: JSON.stringify([...response.headers]),
    };
  }
  throw new Error(`No route answers ${url}.`);
}

/** Who drew the image of an address, by its slug. */
async function readAuthors(db: Db): Promise<(url: string) => string> {
  const samples = await db.sample.findMany({ select: { id: true, model: { select: { slug: true } } } });
  const demos = await db.demoImage.findMany({ select: { id: true, model: true } });
  const byId = new Map([
    ...samples.map(({ id, model }): [string, string] => [id, model.slug]),
    ...demos.map(({ id, model }): [string, string] => [id, model]),
  ]);
  return (url) => url.split("/").flatMap((part) => byId.get(part) ?? [])[0] ?? "";
}

function filesNamed(name: RegExp): string[] {
  return readdirSync(APP, { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(path.basename(file)))
    .map((file) => path.join(APP, file))
    .sort();
}
