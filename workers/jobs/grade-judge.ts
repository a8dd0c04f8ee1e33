import { gradeJudge } from "@/lib/judges/grade-judge";
import type { Handler } from "@/workers/context";

export const gradeJudgeJob: Handler<"grade-judge"> = ({ judgeId }, { db }) => gradeJudge(judgeId, db);
