import { gradeJudge } from "@/lib/judging/grade-judge";
import type { Handler } from "@/workers/context";

export const gradeJudgeJob: Handler<"grade-judge"> = ({ judgeId }, { db }) => gradeJudge(judgeId, db);
