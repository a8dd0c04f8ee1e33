import type { Command } from "commander";
import { db } from "@/lib/db/client";
import { setBoardCriteria } from "@/lib/leaderboard/set-board-criteria";

/** `salon boards criteria BOARD [CRITERION...]`: what a board asks about besides which is better overall. */
export function registerBoards(program: Command): void {
  program
    .command("boards")
    .description("boards")
    .command("criteria")
    .description(
      "choose what voters may also be asked: aesthetics, prompt_following, motion (video); none: nothing",
    )
    .argument("<board>", "slug")
    .argument("[criterion...]")
    .action(async (board: string, names: string[]) => {
      try {
        const criteria = await setBoardCriteria({ board, criteria: names });
        console.log(
          criteria.length === 0
            ? `${board} asks which is better overall, and nothing else.`
            : `${board} asks which is better overall, and then about ${criteria.join(", ")}.`,
        );
      } finally {
        await db().$disconnect();
      }
    });
}
