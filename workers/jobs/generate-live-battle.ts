import { generateLiveBattle } from "@/lib/battles/generate-live-battle";
import type { Handler } from "@/workers/context";

export const generateLiveBattleJob: Handler<"generate-live-battle"> = ({ battleId }, context) =>
  generateLiveBattle(battleId, context);
