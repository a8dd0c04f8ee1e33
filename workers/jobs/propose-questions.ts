import { proposeQuestions } from "@/lib/judges/checklists/propose-questions";
import type { Handler } from "@/workers/context";

export const proposeQuestionsJob: Handler<"propose-questions"> = ({ questionSetId }, context) =>
  proposeQuestions(questionSetId, context);
