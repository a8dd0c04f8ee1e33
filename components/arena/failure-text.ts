import type { BattleResponse, BattleView } from "@/lib/schemas/battles";

/** A battle as the API promises it. Why an image is missing may name an endpoint: a voter is told that it is. */
export const withBattleText = (battle: BattleView): BattleResponse => ({
  ...battle,
  failureReason:
    battle.state === "failed"
      ? "One of the two models gave no image for this prompt. Try again, or change the prompt."
      : null,
});
