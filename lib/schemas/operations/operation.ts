import type { z } from "zod";
import type { Action } from "@/lib/access/actions";
import { battleRequest, battleResponse, voteRequest, voteResponse } from "@/lib/schemas/battles";
import * as runLinks from "@/lib/schemas/run-links";
import { catalogueResponse } from "@/lib/schemas/catalogue/preset";
import { driftWatch } from "@/lib/schemas/endpoints/drift";
import { errorResponse } from "@/lib/schemas/error-response";
import { boardAnalysisResponse } from "@/lib/schemas/board-analysis";
import { leaderboardResponse, weightedBoardResponse } from "@/lib/schemas/leaderboard";
import { personalRanking } from "@/lib/schemas/personal-ranking";
import * as costs from "@/lib/schemas/costs";
import { runResponse } from "@/lib/schemas/runs";
import {
  submission,
  submissionResponse,
  modelChanges,
  ownPrompts,
  runRequest,
  startedRun,
  connectionTest,
  connectionTestResponse,
} from "@/lib/schemas/submissions";
import * as apiTokens from "@/lib/schemas/accounts/api-tokens";
import * as audit from "@/lib/schemas/accounts/audit";
import * as boards from "@/lib/schemas/boards";
import * as comparisons from "@/lib/schemas/comparisons";
import * as explorer from "@/lib/schemas/explorer";
import * as drawings from "@/lib/schemas/stack/drawings";
import * as examination from "@/lib/schemas/examination";
import * as judging from "@/lib/schemas/judges/judging";
import * as samples from "@/lib/schemas/sample-uploads";
import * as privacy from "@/lib/schemas/accounts/privacy";
import * as storage from "@/lib/schemas/administration/storage";
import * as settings from "@/lib/schemas/administration/settings";
import * as moderation from "@/lib/schemas/moderation";
import { runsBeside } from "@/lib/schemas/run-beside";
import * as managedModels from "@/lib/schemas/administration/managed-models";
import * as queue from "@/lib/schemas/administration/queue";
import * as promptSets from "@/lib/schemas/prompt-sets";
import * as voteAdmin from "@/lib/schemas/administration/vote-admin";
import * as users from "@/lib/schemas/administration/users";
import * as webhooks from "@/lib/schemas/webhooks";

/** Bodies by the name they have in the document. Everything else refers to them. */
export const COMPONENTS = {
  BattleRequest: battleRequest,
  Battle: battleResponse,
  VoteRequest: voteRequest,
  VoteResult: voteResponse,
  BoardCreation: boards.boardCreation,
  CreatedBoard: boards.createdBoard,
  BoardSettings: boards.boardSettings,
  BoardChanges: boards.boardChanges,
  BoardMembers: boards.boardMembers,
  MemberChange: boards.memberChange,
  InviteCreation: boards.inviteCreation,
  NewInvite: boards.newInvite,
  BoardInvites: boards.boardInvites,
  InviteAcceptance: boards.inviteAcceptance,
  AcceptedInvite: boards.acceptedInvite,
  Leaderboard: leaderboardResponse,
  BoardAnalysis: boardAnalysisResponse,
  WeightedBoard: weightedBoardResponse,
  PersonalRanking: personalRanking,
  ExploredPrompts: explorer.exploredPrompts,
  ExploredPrompt: explorer.exploredPrompt,
  PairVotes: explorer.pairVotes,
  Submission: submission,
  SubmissionResult: submissionResponse,
  OwnPrompts: ownPrompts,
  DriftWatch: driftWatch,
  ModelChanges: modelChanges,
  RunRequest: runRequest,
  StartedRun: startedRun,
  Catalogue: catalogueResponse,
  ConnectionTest: connectionTest,
  ConnectionTestResult: connectionTestResponse,
  Run: runResponse,
  BudgetChange: costs.budgetChange,
  CostEstimate: costs.costEstimate,
  RunExamination: examination.runExaminationResponse,
  RunComparison: examination.runComparison,
  RunsBeside: runsBeside,
  ComparisonCreation: comparisons.comparisonCreation,
  CreatedComparison: comparisons.createdComparison,
  ComparisonList: comparisons.comparisonList,
  ComparisonChanges: comparisons.comparisonChanges,
  ComparisonResults: comparisons.comparisonResults,
  ComparedPrompts: comparisons.comparedPrompts,
  ComparisonInvites: comparisons.comparisonInvites,
  ComparisonInviteCreation: comparisons.comparisonInviteCreation,
  NewComparisonInvite: comparisons.newComparisonInvite,
  AcceptedComparison: comparisons.acceptedComparison,
  PairRequest: comparisons.pairRequest,
  NextPair: comparisons.pairResponse,
  ComparisonVoteRequest: comparisons.comparisonVoteRequest,
  ComparisonVoteResult: comparisons.comparisonVoteResponse,
  PromptSetListing: promptSets.promptSetListing,
  PromptSet: promptSets.promptSetView,
  PromptSetList: promptSets.promptSetList,
  PromptPage: promptSets.promptPage,
  PromptPreview: promptSets.promptPreview,
  PromptImport: promptSets.promptImport,
  ReferenceUse: examination.referenceUse,
  ReferenceSet: examination.referenceSetResponse,
  ReferenceList: examination.referenceListResponse,
  JudgeSubmission: judging.judgeSubmission,
  JudgeTest: judging.judgeTest,
  JudgeTestResult: judging.judgeTestResponse,
  JudgeChange: judging.judgeChange,
  JudgeAdmission: judging.judgeAdmission,
  JudgeList: judging.judgeListResponse,
  DrawingRequest: drawings.drawingRequest,
  Drawing: drawings.drawingResponse,
  SampleUploadRequest: samples.sampleUploadRequest,
  SampleUpload: samples.sampleUploadResponse,
  VotePage: voteAdmin.votePage,
  VoteChange: voteAdmin.voteChange,
  VoteChangeAsked: voteAdmin.voteChangeAsked,
  HeldVotes: voteAdmin.heldVoteList,
  ReportRequest: moderation.reportRequest,
  ReportResult: moderation.reportResult,
  ModerationQueue: moderation.moderationQueue,
  StateChange: moderation.stateChange,
  StateResult: moderation.stateResult,
  BlockedWords: moderation.blockedWords,
  BlockedWordsView: moderation.blockedWordsView,
  WebhookCreation: webhooks.webhookCreation,
  WebhookList: webhooks.webhookList,
  NewWebhook: webhooks.newWebhook,
  NewWebhookSecret: webhooks.newWebhookSecret,
  WebhookDelivery: webhooks.webhookDelivery,
  WebhookDeliveries: webhooks.webhookDeliveries,
  TokenCreation: apiTokens.tokenCreation,
  TokenList: apiTokens.tokenList,
  NewToken: apiTokens.newToken,
  SiteSettings: settings.settingsView,
  SiteSettingsChange: settings.settingsChange,
  AuditPage: audit.auditPage,
  ManagedModels: managedModels.managedModels,
  ManagedChange: managedModels.managedChange,
  Storage: storage.storageView,
  StorageAction: storage.storageRequest,
  Queue: queue.queueView,
  QueueChange: queue.queueChange,
  QueueChanged: queue.queueChanged,
  RunLinkCreation: runLinks.runLinkCreation,
  RunLinks: runLinks.runLinks,
  NewRunLink: runLinks.newRunLink,
  AccountList: users.accountList,
  Account: users.accountView,
  AccountChange: users.accountChange,
  AccountInviteCreation: users.accountInviteCreation,
  AccountInvites: users.accountInviteList,
  NewAccountInvite: users.newAccountInvite,
  OwnErasure: privacy.ownErasure,
  Erasure: privacy.erasureOfOther,
  ErasureResult: privacy.erasureResult,
  Error: errorResponse,
} as const satisfies Record<string, z.ZodType>;

export type ComponentName = keyof typeof COMPONENTS;

/** One operation of the public API, as the document tells of it. */
export type Operation = {
  method: "get" | "post" | "delete" | "head" | "patch";
  path: string;
  id: string;
  /** Its row in the table of who may do what. */
  action: Action;
  tag:
    | "Arena"
    | "Boards"
    | "Leaderboard"
    | "Models"
    | "Runs"
    | "Samples"
    | "Moderation"
    | "Comparisons"
    | "Prompts"
    | "References"
    | "Judges"
    | "Stack"
    | "Webhooks"
    | "Account"
    | "Users"
    | "Privacy"
    | "Settings"
    | "Administration";
  summary: string;
  description?: string;
  /** {name} of the path are added by themselves. */
  query?: { name: string; required?: boolean; description: string; values?: readonly string[] }[];
  body?: ComponentName;
  /** The body is a file of one of these types. */
  upload?: string[];
  success: { status: 200 | 201 | 204; description: string; schema?: ComponentName; mediaTypes?: string[] };
  errors: (keyof typeof ERRORS)[];
};

/** What each error status means. */
export const ERRORS = {
  400: "The request is wrong: `field` says where.",
  401: "An account or another token is needed, or the battle token is stale or was not made here.",
  403: "Not yours, or more than your account or your token may: `message` says what is missing.",
  404: "There is no such thing.",
  409: "Not now: the arena has too few models, the battle is still generating, the state forbids it, or you have enough here.",
  413: "The body is too large.",
  502: "The endpoint did not do what it was asked.",
  503: "Paused, since this site's disk is nearly full: `Retry-After` says how many seconds to wait.",
  429: "Too many at once: `Retry-After` says how many seconds to wait.",
} as const;

/** A query that several boards' operations take. */
export const CATEGORY = {
  name: "category",
  description: "Cut to prompts of one category; the board lists its categories.",
};
