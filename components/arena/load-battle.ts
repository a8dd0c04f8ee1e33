import { ApiError, callApi } from "@/components/api-client";
import type { BattleRequest, BattleResponse } from "@/lib/schemas/battles";

/** A battle whose two images are decoded: both can be shown in the same frame. */
export type LoadedBattle = BattleResponse & {
  left: { url: string };
  right: { url: string };
  /** Held so that the browser keeps the decoded images until they are shown. */
  images: HTMLImageElement[];
};

/** What is said of a pair that cannot be shown whole. */
export const brokenImage = () =>
  new ApiError("image", "An image of this pair did not arrive whole. Take another pair.");

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
  if (battle.state === "failed" || !left || !right)
    throw new ApiError("failed", battle.failureReason ?? "This pair could not be made. Take another one.");
  const images = await Promise.all([decode(left.url), decode(right.url)]);
  return { ...battle, left, right, images };
}

/** Ask for a battle of stored samples and load its images. */
export async function loadBattle(board: string): Promise<LoadedBattle> {
  return loadImages(
    await callApi<BattleResponse>("/api/v1/battles", { body: { board } satisfies BattleRequest }),
  );
}

/** Ask two models for a prompt of one's own. */
export function startLiveBattle(board: string, prompt: string): Promise<BattleResponse> {
  return callApi<BattleResponse>("/api/v1/battles", { body: { board, prompt } satisfies BattleRequest });
}

/** How a live battle comes along. */
export function pollBattle(battle: BattleResponse): Promise<BattleResponse> {
  const token = encodeURIComponent(battle.token);
  return callApi<BattleResponse>(`/api/v1/battles/${battle.battleId}?token=${token}`);
}
