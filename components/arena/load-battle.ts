import { ApiError, callApi } from "@/components/api-client";
import type { Decided } from "@/components/arena/battle-state";
import type { BattleRequest, BattleResponse, VoteRequest, VoteResponse } from "@/lib/schemas/battles";

/** A battle whose two images are decoded: both can be shown in the same frame. */
export type LoadedBattle = BattleResponse & {
  left: { url: string };
  right: { url: string };
  /** Held so that the browser keeps the decoded images until they are shown. */
  images: HTMLImageElement[];
};

/** Why a pair cannot be shown whole; what is said of it stands in error-text.ts. */
export const brokenImage = () => new ApiError("broken_image", "An image did not arrive whole.");

async function decode(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw brokenImage();
  }
  return image;
}

/** Decode both images of a ready battle; neither is shown before the other. */
export async function loadImages(battle: BattleResponse): Promise<LoadedBattle> {
  const { left, right } = battle;
  if (battle.state === "failed") throw new ApiError("no_image", battle.failureReason ?? "No image.");
  if (!left || !right) throw new ApiError("no_pair", "An image is missing.");
  const images = await Promise.all([decode(left.url), decode(right.url)]);
  return { ...battle, left, right, images };
}

/** Where pairs come from and votes go; R is what a vote is answered with. */
export interface BattleSource<R> {
  /** @param onScreen the pair that the voter looks at meanwhile, by id; null: none */
  load: (onScreen: string | null) => Promise<LoadedBattle>;
  /** @param keepalive whether it goes on when the page is left */
  vote: (decided: Decided, keepalive: boolean) => Promise<R>;
  /** Asks two models for a prompt of the voter's own, where they may. */
  startLive?: (prompt: string) => Promise<BattleResponse>;
}

/** A board's arena. */
export const boardBattles = (board: string): BattleSource<VoteResponse> => ({
  load: async () => loadImages(await askForBattle({ board })),
  vote: ({ battle, outcome, criteria }, keepalive) => {
    const { battleId, token } = battle;
    const body: VoteRequest = { battleId, token, outcome, criteria };
    return callApi<VoteResponse>("/api/v1/votes", { body, keepalive });
  },
  startLive: (prompt) => askForBattle({ board, prompt }),
});

const askForBattle = (body: BattleRequest) => callApi<BattleResponse>("/api/v1/battles", { body });

/** How a live battle comes along. */
export function pollBattle(battle: BattleResponse): Promise<BattleResponse> {
  const token = encodeURIComponent(battle.token);
  return callApi<BattleResponse>(`/api/v1/battles/${battle.battleId}?token=${token}`);
}
