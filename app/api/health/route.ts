import { checkHealth } from "@/lib/pages/check-health";
import { json } from "../respond";

/** GET /api/health: 200 when the site can serve, 503 with the kind of hindrance while it cannot. "degraded": it serves what is there. */
export async function GET(): Promise<Response> {
  const problem = await checkHealth();
  if (problem === null) return json({ status: "ok" });
  if (problem.status === "degraded") return json(problem);
  console.error(problem.reason);
  return json({ status: problem.status }, { status: 503 });
}
