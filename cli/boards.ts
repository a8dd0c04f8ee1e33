import { Argument, type Command } from "commander";
import { PROVEN_VOTES } from "@/lib/votes/checks/prove-voters";
import { setNewVoters } from "@/lib/votes/checks/set-new-voters";
import { db } from "@/lib/db/client";
import { registerBoardSettings } from "./board-settings";
import { setBoardCriteria } from "@/lib/boards/set-board-criteria";
import { setBoardSize } from "@/lib/boards/set-board-size";

/**
 * `salon boards criteria BOARD [CRITERION...]`: what a board asks about besides which is better overall;
 * `salon boards strict BOARD on|off`: whether votes of new voters wait;
 * `salon boards size BOARD SIZE`: in which size it shows battles.
 */
export function registerBoards(program: Command): void {
  const boards = program.command("boards").description("boards: their settings, models and invitations");
  registerBoardSettings(boards);
  boards
    .command("strict")
    .description(
      `on: votes of new voters wait until they have cast ${PROVEN_VOTES} over an hour and no rule holds them back; off: they count at once`,
    )
    .argument("<board>", "slug")
    .addArgument(new Argument("<on|off>").choices(["on", "off"]))
    .action(async (board: string, strict: "on" | "off") => {
      try {
        const { released } = await setNewVoters({ board, newVoters: strict === "on" ? "wait" : "counted" });
        console.log(
          strict === "on"
            ? `${board} is strict: votes of new voters wait.`
            : `${board} counts every vote at once. Of those that waited, ${released} count now.`,
        );
      } finally {
        await db().$disconnect();
      }
    });
  boards
    .command("criteria")
    .description(
      "choose what voters may also be asked: aesthetics, prompt_following, and of videos motion, consistency; none: nothing",
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
  boards
    .command("size")
    .description("choose the size of both sides of a battle; samples of another shape are in none")
    .argument("<board>", "slug")
    .argument("<size>", "such as 1024x1024")
    .option("--tolerance <share>", "how far a sample's width / height may be from it, such as 0.02", Number)
    .action(async (board: string, size: string, options: { tolerance?: number }) => {
      try {
        const shape = await setBoardSize({ board, size, aspectTolerance: options.tolerance });
        const percent = +(100 * shape.aspectTolerance).toFixed(2);
        console.log(
          `${board} shows battles as ${shape.imageWidth}x${shape.imageHeight}, of samples of that shape within ${percent}%.`,
        );
      } finally {
        await db().$disconnect();
      }
    });
}
