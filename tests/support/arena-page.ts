import { beforeEach } from "vitest";
import type { BattleResponse, Clip, VoteRequest, VoteResponse } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";
import { servePage } from "./page-api";

const side = (name: string) => ({
  model: name.toLowerCase(),
  name,
  creator: "Salon",
  submittedBy: "bundled" as const,
  paradigm: null,
  architecture: null,
  representation: null,
  textConditioning: null,
  eloBefore: 1000,
  eloAfter: 1000,
});

/** Salon's two routes of the arena, as far as the page sees them: battles without end, and an answer to each vote. */
export function serveArena() {
  const api = {
    criteria: [] as Criterion[],
    question: null as string | null,
    clip: null as Clip | null,
    battles: 0,
    votes: [] as VoteRequest[],
    /** While set, answers to votes wait until they are let go, in the order of the votes. */
    held: null as (() => void)[] | null,
  };
  const page = servePage("/arena");
  beforeEach(() => {
    Object.assign(api, { criteria: [], question: null, clip: null, battles: 0, votes: [], held: null });
    page.on("POST /api/v1/battles", ({ body }): BattleResponse => {
      const { prompt } = body as { prompt?: string };
      const battleId = `bat_${++api.battles}`;
      return {
        battleId,
        token: `token of ${battleId}`,
        prompt: prompt ?? "a teddy bear",
        category: "objects",
        sources: [],
        state: "ready",
        failureReason: null,
        left: { url: `/media/battles/${battleId}/left` },
        right: { url: `/media/battles/${battleId}/right` },
        size: { width: 64, height: 64 },
        clip: api.clip,
        question: api.question,
        criteria: api.criteria,
      };
    });
    page.on("POST /api/v1/votes", async ({ body }): Promise<VoteResponse> => {
      const vote = body as VoteRequest;
      api.votes.push(vote);
      const { held } = api;
      if (held) await new Promise<void>((resolve) => held.push(resolve));
      return {
        voteId: `vot_${api.votes.length}`,
        outcome: vote.outcome,
        criteria: vote.criteria ?? {},
        counted: true,
        apart: false,
        expected: 0.5,
        left: side("Flow"),
        right: side("Turbo"),
      };
    });
  });
  return { api, page };
}
